package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.containers.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What this machine lets a plain process isolate itself with, found out by trying.
 *
 * @param namespaces the words before a command that give it namespaces of its own; empty when the machine refuses
 * @param loneNetwork the same for nothing but the network, where full namespaces are refused
 * @param setpriv whether rights can be dropped
 * @param prlimit whether limits can be set
 */
record Isolation(List<String> namespaces, List<String> loneNetwork, boolean setpriv, boolean prlimit) {

    Isolation {
        namespaces = List.copyOf(namespaces);
        loneNetwork = List.copyOf(loneNetwork);
    }

    static Isolation probe(Invoker invoker, String path) throws InterruptedException {
        var user = invoker.root() ? List.<String>of() : List.of("--user", "--map-root-user");
        var all = joined(List.of(
                List.of("unshare"), user, List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc")));
        var network = joined(List.of(List.of("unshare"), user, List.of("--net")));
        var mounting = List.of("sh", "-c", "mount -t tmpfs tmpfs /tmp && exec \"$@\"", "probe");
        var dropInside = joined(List.of(drop(invoker, true), List.of("true")));
        return new Isolation(
                works(path, joined(List.of(all, List.of("--net"), mounting, dropInside))) ? all : List.of(),
                works(path, joined(List.of(network, dropInside))) ? network : List.of(),
                works(path, joined(List.of(drop(invoker, false), List.of("true")))),
                works(path, List.of("prlimit", "--core=0", "true")));
    }

    /**
     * The words before a command that take away its rights; none where the machine has none.
     *
     * @param mapped whether it runs as root of a namespace of its own, with that root's rights
     */
    List<String> dropping(Invoker invoker, boolean mapped) {
        return setpriv ? drop(invoker, mapped) : List.of();
    }

    private static List<String> drop(Invoker invoker, boolean mapped) {
        var words = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
        if (invoker.root()) {
            var user = Integer.toString(ContainerSpec.USER);
            words.addAll(List.of("--reuid", user, "--regid", user, "--clear-groups"));
        }
        if (invoker.root() || mapped) {
            words.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
        }
        return words;
    }

    List<String> weaknesses(Invoker invoker) {
        var weaknesses = new ArrayList<String>();
        weaknesses.add("the project's commands run on this machine's own kernel and programs, not in a container");
        weaknesses.add("memory is watched rather than limited, and processors are not limited");
        if (namespaces.isEmpty()) {
            weaknesses.add(
                    "the project's commands see the files and processes of this machine that their user may see");
        }
        if (namespaces.isEmpty() && loneNetwork.isEmpty()) {
            weaknesses.add("the project's commands reach the network even where they should not");
        }
        if (!invoker.root()) {
            weaknesses.add("the project's commands run under your own user");
        } else if (!setpriv) {
            weaknesses.add("the project's commands run as root");
        }
        if (!prlimit) {
            weaknesses.add("the number of processes is not limited");
        }
        return List.copyOf(weaknesses);
    }

    private static List<String> joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    static boolean works(String path, List<String> command) throws InterruptedException {
        boolean there = Pattern.compile(":", Pattern.LITERAL)
                .splitAsStream(path)
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command.getFirst())));
        if (!there) {
            return false;
        }
        Process process = null;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
