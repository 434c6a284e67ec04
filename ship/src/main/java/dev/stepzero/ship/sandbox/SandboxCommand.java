package dev.stepzero.ship.sandbox;

import dev.stepzero.guard.secrets.IssuedSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of the project and what it may have.
 *
 * @param argv the program and its arguments; no shell looks at them
 * @param workspace the directory that the command works in and may change, which it sees as {@value #WORKSPACE}
 * @param mounts what it sees besides
 * @param environment its variables; nothing of Stepzero's own environment is added
 * @param network whether it reaches anything
 * @param limits what it may use at most
 * @param secrets what it may know, hidden in its output, and gone with it
 */
public record SandboxCommand(
        List<String> argv,
        Path workspace,
        List<Mount> mounts,
        Map<String, String> environment,
        Network network,
        Limits limits,
        List<Secret> secrets) {
    /** Where the command sees the workspace. */
    public static final String WORKSPACE = "/workspace";

    /** Where the command sees its secrets. */
    public static final String SECRETS = "/run/secrets";

    public SandboxCommand {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        argv = List.copyOf(argv);
        workspace = workspace.toAbsolutePath().normalize();
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }

    /**
     * A secret for a command: a file below {@value #SECRETS} that only it can read, whose path is in the variable
     * {@code NAME_FILE}. A version that is still valid beside the current one is {@code NAME.previous} there, in the
     * variable {@code NAME_PREVIOUS_FILE}.
     *
     * @param issued whose closing is left to who issued it
     * @param variable whether the command's environment holds the current value too, under its name
     */
    public record Secret(IssuedSecret issued, boolean variable) {}

    /** Whether a command reaches the network. */
    public enum Network {
        /** Only its own loopback. */
        NONE,
        /** What this machine reaches. */
        ALLOWED
    }

    /**
     * A file or directory of the host that the command sees.
     *
     * @param source where it is on the host
     * @param path the absolute path under which the command sees it. A sandbox that cannot mount replaces this path by
     *     the real one where an argument or a variable begins with it, also after {@code =} or {@code :}
     * @param readOnly whether the command may not change it
     */
    public record Mount(Path source, String path, boolean readOnly) {
        public Mount {
            source = source.toAbsolutePath().normalize();
        }
    }

    /**
     * The most that a command may use.
     *
     * @param timeout how long it may take
     * @param memoryMegabytes the memory of all its processes together
     * @param cpus processors
     * @param processes processes and threads together
     * @param outputBytes how much it may write to its output
     */
    public record Limits(Duration timeout, int memoryMegabytes, double cpus, int processes, long outputBytes) {
        /** Half an hour, 4 GB, two processors, 1,024 processes and 64 MB of output. */
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(30), 4096, 2, 1024, 64L * 1024 * 1024);

        public Limits timeout(Duration most) {
            return new Limits(most, memoryMegabytes, cpus, processes, outputBytes);
        }

        public Limits memoryMegabytes(int most) {
            return new Limits(timeout, most, cpus, processes, outputBytes);
        }

        public Limits cpus(double most) {
            return new Limits(timeout, memoryMegabytes, most, processes, outputBytes);
        }

        public Limits processes(int most) {
            return new Limits(timeout, memoryMegabytes, cpus, most, outputBytes);
        }

        public Limits outputBytes(long most) {
            return new Limits(timeout, memoryMegabytes, cpus, processes, most);
        }
    }

    /** Begins a command without network under the default limits. */
    public static Builder builder(Path workspace, List<String> argv) {
        return new Builder(workspace, argv);
    }

    /** Gathers what differs from the defaults. */
    public static final class Builder {
        private final Path workspace;
        private final List<String> argv;
        private final List<Mount> mounts = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Secret> secrets = new ArrayList<>();
        private Network network = Network.NONE;
        private Limits limits = Limits.DEFAULT;

        private Builder(Path workspace, List<String> argv) {
            this.workspace = workspace;
            this.argv = List.copyOf(argv);
        }

        public Builder readOnly(Path source, String path) {
            mounts.add(new Mount(source, path, true));
            return this;
        }

        public Builder writable(Path source, String path) {
            mounts.add(new Mount(source, path, false));
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder secrets(List<Secret> given) {
            secrets.addAll(given);
            return this;
        }

        public Builder network(Network policy) {
            network = policy;
            return this;
        }

        public Builder limits(Limits most) {
            limits = most;
            return this;
        }

        public SandboxCommand build() {
            return new SandboxCommand(argv, workspace, mounts, environment, network, limits, secrets);
        }
    }
}
