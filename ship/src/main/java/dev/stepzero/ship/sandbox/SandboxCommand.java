package dev.stepzero.ship.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command with what it may see and use. All directories are those of this host. In arguments and variables
 * <code>{workspace}</code>, <code>{cache}</code> and <code>{jdk}</code> stand for the names under which the command
 * finds them.
 *
 * @param run whose command it is: the number of the run, by which leftovers are found again
 * @param name what the command is called, such as {@code test}
 * @param arguments program and arguments
 * @param workspace a directory that it may change, and in which it starts
 * @param cache a directory that outlives the run
 * @param cacheWritable whether it may change the cache
 * @param jdk a JDK that it may read
 * @param trust whether it may read this host's certificate authorities, in {@code /etc/ssl/certs}
 * @param environment its variables; nothing else is there but {@code PATH}, {@code HOME}, {@code LANG} and {@code TZ}
 * @param network whether it may reach the network; the loopback is always there
 * @param limits what it may use
 */
public record SandboxCommand(
        long run,
        String name,
        List<String> arguments,
        Path workspace,
        Path cache,
        boolean cacheWritable,
        Path jdk,
        boolean trust,
        Map<String, String> environment,
        boolean network,
        Limits limits) {

    public SandboxCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * What a command may use.
     *
     * @param timeout wall-clock time
     * @param memoryMegabytes resident memory of all its processes where the sandbox can limit that
     * @param processes how many processes and threads at once
     * @param outputBytes how much it may write to its output; past that it is killed
     */
    public record Limits(Duration timeout, int memoryMegabytes, int processes, long outputBytes) {}
}
