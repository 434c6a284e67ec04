package dev.stepzero.cli;

import dev.stepzero.cli.remote.Logins;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.cli.remote.ServerAddress;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command does its work: on this machine, or on a server. */
final class Place {
    /** Names the server where no option does. */
    static final String SERVER = "STEPZERO_SERVER";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Ask this server instead of this machine; default: STEPZERO_SERVER.")
    private @Nullable String server;

    /** The server that is to be asked; empty for this machine. @throws UserError without a token for it */
    Optional<Server> server(Terminal terminal) {
        var named = server == null ? terminal.environment().getOrDefault(SERVER, "") : server;
        if (named.isBlank()) {
            return Optional.empty();
        }
        var address = ServerAddress.parse(named);
        return Optional.of(new Server(address, token(terminal, address)));
    }

    /** The server, for what only one can answer. @throws UserError if none is named, or there is no token for it */
    Server required(Terminal terminal) {
        return server(terminal)
                .orElseThrow(() -> UserError.usage("this is asked of a server").fix("name one: --server URL"));
    }

    private static String token(Terminal terminal, ServerAddress address) {
        var environment = terminal.environment();
        var given = environment.getOrDefault("STEPZERO_TOKEN", "");
        if (!given.isBlank()) {
            return given.strip();
        }
        var file = environment.getOrDefault("STEPZERO_TOKEN_FILE", "");
        if (!file.isBlank()) {
            return content(Path.of(file));
        }
        return new Logins(Home.of(environment))
                .token(address)
                .orElseThrow(() -> UserError.usage("there is no token for " + address)
                        .fix("stepzero login %s, or set STEPZERO_TOKEN_FILE".formatted(address)));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw UserError.unreadable("the token cannot be read: " + e.getMessage())
                    .at("STEPZERO_TOKEN_FILE")
                    .fix("name a file that holds a token")
                    .because(e);
        }
    }
}
