package dev.stepzero.scan.registry;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The credentials that {@code docker login} and {@code podman login} leave in a file. */
public final class DockerConfig {
    private DockerConfig() {}

    /** What the user's own file has for the registry: that of {@code DOCKER_CONFIG}, or the one in the home directory. */
    public static Optional<Credentials> find(Map<String, String> environment, String registry) {
        var directory = environment.getOrDefault("DOCKER_CONFIG", "");
        var file = directory.isEmpty()
                ? Home.ofUser(environment).resolve(".docker").resolve("config.json")
                : Path.of(directory, "config.json");
        return find(file, registry);
    }

    /**
     * What the file has for the registry; credential helpers are not asked.
     *
     * @param file such as {@code ~/.docker/config.json}; one that is not there has nothing
     * @throws UserError if the file is damaged
     */
    public static Optional<Credentials> find(Path file, String registry) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var auths = JsonMapper.shared().readTree(Files.readString(file)).path("auths");
            for (var key : List.of(registry, "https://" + registry, "https://index." + registry + "/v1/")) {
                if (auths.has(key)) {
                    return read(auths.path(key));
                }
            }
            return Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw UserError.unreadable("the credentials cannot be read")
                    .at(file.toString())
                    .fix("log in to the registry again");
        }
    }

    private static Optional<Credentials> read(JsonNode entry) {
        var auth = new String(Base64.getDecoder().decode(entry.path("auth").asString("")), StandardCharsets.UTF_8);
        var colon = auth.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(auth.substring(0, colon), auth.substring(colon + 1)));
    }
}
