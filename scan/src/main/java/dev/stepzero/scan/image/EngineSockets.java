package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where container engines on this machine listen. */
final class EngineSockets {
    private static final String UNIX = "unix://";

    private EngineSockets() {}

    /** The first socket that is there. @throws UserError if none is */
    static Path of(ImageSource.Engine engine, Map<String, String> environment) {
        var places = places(engine, environment);
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> UserError.engine("no container engine listens on this machine")
                        .at(String.join(
                                ", ", places.stream().map(Path::toString).toList()))
                        .fix("start it (podman: podman system service), or scan what docker save writes"));
    }

    private static List<Path> places(ImageSource.Engine engine, Map<String, String> environment) {
        var places = new ArrayList<Path>();
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (engine != ImageSource.Engine.PODMAN) {
            add(places, environment.getOrDefault("DOCKER_HOST", ""));
            places.add(Path.of("/var/run/docker.sock"));
        }
        if (engine != ImageSource.Engine.DOCKER) {
            add(places, environment.getOrDefault("CONTAINER_HOST", ""));
            if (!runtime.isEmpty()) {
                places.add(Path.of(runtime, "podman", "podman.sock"));
            }
            places.add(Path.of("/run/podman/podman.sock"));
        }
        return places;
    }

    private static void add(List<Path> places, String host) {
        if (host.startsWith(UNIX)) {
            places.add(Path.of(host.substring(UNIX.length())));
        }
    }
}
