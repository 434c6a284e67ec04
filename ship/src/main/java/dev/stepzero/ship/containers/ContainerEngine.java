package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Docker or Podman, through the Docker Engine API. Safe for use by several threads. Calls fail with a {@link UserError}
 * of exit status 4 that says what was under way, or with {@link InterruptedException} when the thread is interrupted.
 */
public final class ContainerEngine implements AutoCloseable {
    /** Where Podman keeps the small program that reaps orphans, and where Debian puts it. */
    private static final List<Path> PODMAN_INIT =
            List.of(Path.of("/usr/libexec/podman/catatonit"), Path.of("/usr/bin/catatonit"));

    private final DockerClient client;
    private final String name;
    private final boolean podman;
    private final boolean rootless;
    private final Images images;
    private final Networks networks;
    private final Volumes volumes;
    private final Containers containers;

    ContainerEngine(DockerClient client, Version version, Info info) {
        this.client = client;
        this.podman = version.getComponents() != null
                && version.getComponents().stream()
                        .anyMatch(part -> String.valueOf(part.getName()).contains("Podman"));
        this.name = (podman ? "Podman " : "Docker ") + version.getVersion();
        var security = Optional.ofNullable(info.getSecurityOptions()).orElse(List.of());
        this.rootless = security.stream().anyMatch(option -> option.contains("rootless"));
        var calls = new Calls(name);
        this.images = new Images(client, calls);
        this.networks = new Networks(client, calls);
        this.volumes = new Volumes(client, calls);
        this.containers =
                new Containers(client, calls, !podman || PODMAN_INIT.stream().anyMatch(Files::isExecutable), podman);
    }

    /**
     * Looks for an engine: at {@code DOCKER_HOST}, else at the usual sockets of Docker and Podman, else by starting the
     * service of an installed Podman, which ends by itself when unused. {@code STEPZERO_ENGINE=none} finds none.
     *
     * @param environment the process's variables
     * @param home where a started Podman puts its socket
     */
    public static EngineSearch find(Map<String, String> environment, Path home) throws InterruptedException {
        return new EngineFinder(environment, home).find();
    }

    /** The product and its version, such as {@code Podman 4.3.1}. */
    public String name() {
        return name;
    }

    public boolean podman() {
        return podman;
    }

    /** Whether the engine runs without root's rights, so that root inside is the invoking user outside. */
    public boolean rootless() {
        return rootless;
    }

    public Images images() {
        return images;
    }

    public Networks networks() {
        return networks;
    }

    public Volumes volumes() {
        return volumes;
    }

    public Containers containers() {
        return containers;
    }

    /** Lets go of the connection; what was created stays. */
    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
