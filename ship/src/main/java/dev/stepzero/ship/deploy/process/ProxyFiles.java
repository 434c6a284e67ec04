package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files through which the load balancer's process knows what to do after any restart.
 *
 * @param directory where they are
 */
record ProxyFiles(Path directory) {
    private static final String SETTINGS = "settings.json";
    private static final String ROUTES = "routes.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Optional<ProxySettings> settings() {
        return read(SETTINGS, ProxySettings.class);
    }

    void write(ProxySettings settings) {
        write(SETTINGS, settings);
    }

    Routes routes() {
        return read(ROUTES, Routes.class).orElse(Routes.NONE);
    }

    void write(Routes routes) {
        write(ROUTES, routes);
    }

    /** The file with the secret that whoever gives orders must know. */
    Path token() {
        return Secrets.in(directory).file("token");
    }

    /** The files that the load balancer reads when it starts. */
    List<Path> all() {
        write(routes());
        return List.of(token(), directory.resolve(SETTINGS), directory.resolve(ROUTES));
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        var file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(Files.readAllBytes(file), type)) : Optional.empty();
        } catch (IOException | JacksonException e) {
            throw UserError.engine("cannot read what the load balancer should do: " + e.getMessage())
                    .at(file.toString())
                    .fix("delete the file and ship again")
                    .because(e);
        }
    }

    private void write(String name, Object content) {
        var file = directory.resolve(name);
        var complete = directory.resolve(name + ".new");
        try {
            Files.write(complete, JSON.writeValueAsBytes(content));
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw UserError.engine("cannot tell the load balancer what to do: " + e)
                    .at(file.toString())
                    .fix("see that the disk is not full and that the user who runs stepzero may write there")
                    .because(e);
        }
    }
}
