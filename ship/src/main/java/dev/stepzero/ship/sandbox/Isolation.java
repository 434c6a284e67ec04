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
 * @param drop the words before a command that take away its rights; empty when the machine has none
 * @param prlimit whether limits can be set
 */
record Isolation(List<String> namespaces, List<String> loneNetwork, List<String> drop, boolean prlimit) {

    static Isolation probe(Invoker invoker, String path) throws InterruptedException {
        var user = invoker.root() ? List.<String>of() : List.of("--user", "--map-root-user");
        var full = new ArrayList<>(List.of("unshare"));
        full.addAll(user);
        full.addAll(List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc"));
        var network = new ArrayList<>(List.of("unshare"));
        network.addAll(user);
        network.add("--net");
        var mounting = List.of("sh", "-c", "mount -t tmpfs tmpfs /tmp");
        boolean fullWorks = works(path, with(with(full, "--net"), mounting));
        return new Isolation(
                fullWorks ? List.copyOf(full) : List.of(),
                works(path, with(network, "true")) ? List.copyOf(network) : List.of(),
                dropping(invoker, path),
                works(path, List.of("prlimit", "--core=0", "true")));
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
        } else if (drop.isEmpty()) {
            weaknesses.add("the project's commands run as root");
        }
        if (!prlimit) {
            weaknesses.add("the number of processes is not limited");
        }
        return List.copyOf(weaknesses);
    }

    private static List<String> dropping(Invoker invoker, String path) throws InterruptedException {
        var drop = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
        if (invoker.root()) {
            var user = Integer.toString(ContainerSpec.USER);
            drop.addAll(List.of("--reuid", user, "--regid", user, "--clear-groups"));
            drop.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
        }
        return works(path, with(drop, "true")) ? List.copyOf(drop) : List.of();
    }

    private static List<String> with(List<String> words, String word) {
        return with(words, List.of(word));
    }

    private static List<String> with(List<String> words, List<String> more) {
        var all = new ArrayList<>(words);
        all.addAll(more);
        return all;
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
