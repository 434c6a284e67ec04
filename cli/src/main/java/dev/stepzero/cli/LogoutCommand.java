package dev.stepzero.cli;

import dev.stepzero.cli.remote.Logins;
import dev.stepzero.cli.remote.ServerAddress;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets the token for a server. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Removes the token that login kept. It is not revoked: that is done on the server.",
        footer = {"", "Example: stepzero logout https://stepzero.example.org"})
final class LogoutCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "URL", description = "The server.")
    private String url = "";

    LogoutCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = ServerAddress.parse(url);
        if (!new Logins(Home.of(terminal.environment())).forget(address)) {
            throw UserError.usage("there is no token for " + address);
        }
        terminal.out().println("the token for %s is removed".formatted(address));
        terminal.out().flush();
        return 0;
    }
}
