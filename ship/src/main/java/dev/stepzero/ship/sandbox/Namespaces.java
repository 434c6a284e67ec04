package dev.stepzero.ship.sandbox;

import dev.stepzero.store.process.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's namespaces around a plain process, through the tools of util-linux: its own process numbers, so that
 * killing the first process kills all, and its own network, in which only the loopback is there.
 */
final class Namespaces {
    private static final List<String> PROCESSES = List.of("--pid", "--fork", "--kill-child", "--mount-proc");

    /** Brings the loopback up and gives up the rights that this needed. */
    private static final String LOOPBACK_UP = "ip link set lo up && exec \"$@\"";

    private final List<String> unshare;
    private final boolean withoutNetwork;
    private final boolean limits;

    private Namespaces(List<String> unshare, boolean withoutNetwork, boolean limits) {
        this.unshare = unshare;
        this.withoutNetwork = withoutNetwork;
        this.limits = limits;
    }

    /** Finds out, by trying, what the machine allows. */
    static Namespaces probe() throws InterruptedException {
        var limits = works(List.of("prlimit", "--core=0", "true"));
        var asRoot = new ArrayList<>(List.of("unshare"));
        asRoot.addAll(PROCESSES);
        var asUser = new ArrayList<>(List.of("unshare", "--user", "--map-current-user", "--keep-caps"));
        asUser.addAll(PROCESSES);
        for (var way : List.of(asRoot, asUser)) {
            for (var network : List.of(true, false)) {
                var found = new Namespaces(List.copyOf(way), network, limits);
                if (works(found.wrap(List.of("true"), false))) {
                    return found;
                }
            }
        }
        return new Namespaces(List.of(), false, limits);
    }

    private static boolean works(List<String> command) throws InterruptedException {
        return Command.run(command).succeeded();
    }

    List<String> limits(int processes) {
        return limits ? List.of("prlimit", "--core=0", "--nproc=" + processes) : List.of();
    }

    List<String> wrap(List<String> command, boolean network) {
        var words = new ArrayList<>(unshare);
        if (withoutNetwork && !network) {
            words.add("--net");
            words.addAll(List.of("/bin/sh", "-c", LOOPBACK_UP, "sandbox"));
        }
        if (unshare.contains("--keep-caps")) {
            words.addAll(List.of("setpriv", "--inh-caps=-all", "--ambient-caps=-all"));
        }
        words.addAll(command);
        return words;
    }

    List<String> weaknesses() {
        var weaknesses = new ArrayList<String>();
        if (unshare.isEmpty()) {
            weaknesses.add("They see this host's processes, and one that detaches itself may outlive the step.");
        }
        if (!withoutNetwork) {
            weaknesses.add("They can reach the network, for this machine does not let us take it away.");
        }
        if (!limits) {
            weaknesses.add("The number of their processes is not limited, for prlimit is not installed.");
        }
        return weaknesses;
    }
}
