package dev.stepzero.ship.containers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as it is asked for. There is nothing here to weaken the hardened profile with: a read-only root, no
 * capabilities, no new privileges, no host namespaces and limits on memory, processors and processes always hold.
 *
 * @param name unique in the engine
 * @param image what it is made from
 * @param labels by which it is found again
 * @param entrypoint replaces the image's own unless it is empty
 * @param command the arguments; the image's own when empty
 * @param environment variables; anybody who may ask the engine can read them, so never a secret
 * @param user {@code uid:gid} inside
 * @param keepUser whether the engine, rootless, maps the invoking user to the same number inside
 * @param workingDirectory where the command starts; the image's own when empty
 * @param mounts besides {@code /tmp}, which is always there
 * @param networks none means that only the loopback is there
 * @param ports what the host offers of it
 * @param hosts names that resolve to fixed addresses inside
 * @param limits what it may use
 * @param restart whether the engine starts it again when it fails
 */
public record ContainerSpec(
        String name,
        ImageId image,
        Labels labels,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        String user,
        boolean keepUser,
        Optional<String> workingDirectory,
        List<ContainerMount> mounts,
        List<Attachment> networks,
        List<PublishedPort> ports,
        Map<String, String> hosts,
        Limits limits,
        boolean restart) {
    /** The user that everything runs as unless told otherwise: no account on any usual host. */
    public static final int USER = 10001;

    public ContainerSpec {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
        hosts = Map.copyOf(hosts);
    }

    /** Begins a container that runs the image's own command without any network. */
    public static Builder builder(String name, ImageId image, Labels labels) {
        return new Builder(name, image, labels);
    }

    /** Gathers what differs from the defaults. */
    public static final class Builder {
        private final String name;
        private final ImageId image;
        private final Labels labels;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> hosts = new LinkedHashMap<>();
        private final List<ContainerMount> mounts = new ArrayList<>();
        private final List<Attachment> networks = new ArrayList<>();
        private final List<PublishedPort> ports = new ArrayList<>();
        private List<String> entrypoint = List.of();
        private List<String> command = List.of();
        private String user = USER + ":" + USER;
        private boolean keepUser;
        private Optional<String> workingDirectory = Optional.empty();
        private Limits limits = Limits.SMALL;
        private boolean restart;

        private Builder(String name, ImageId image, Labels labels) {
            this.name = name;
            this.image = image;
            this.labels = labels;
        }

        public Builder entrypoint(String... words) {
            entrypoint = List.of(words);
            return this;
        }

        public Builder command(List<String> words) {
            command = List.copyOf(words);
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder user(String uidAndGid) {
            user = uidAndGid;
            return this;
        }

        public Builder keepUser() {
            keepUser = true;
            return this;
        }

        public Builder workingDirectory(String path) {
            workingDirectory = Optional.of(path);
            return this;
        }

        public Builder mount(ContainerMount mount) {
            mounts.add(mount);
            return this;
        }

        public Builder network(Attachment network) {
            networks.add(network);
            return this;
        }

        public Builder publish(PublishedPort port) {
            ports.add(port);
            return this;
        }

        public Builder host(String hostName, String address) {
            hosts.put(hostName, address);
            return this;
        }

        public Builder limits(Limits most) {
            limits = most;
            return this;
        }

        public Builder restart() {
            restart = true;
            return this;
        }

        public ContainerSpec build() {
            return new ContainerSpec(
                    name,
                    image,
                    labels,
                    entrypoint,
                    command,
                    environment,
                    user,
                    keepUser,
                    workingDirectory,
                    mounts,
                    networks,
                    ports,
                    hosts,
                    limits,
                    restart);
        }
    }
}
