package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Logins;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.cli.remote.ServerAddress;
import dev.stepzero.core.Home;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a token for a server. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Takes a token of a server from the keyboard or standard input, tries it, and keeps it where only"
                + " you can read it.",
        footer = {
            "",
            "Make a token on the server under Account, API tokens.",
            "",
            "Example: stepzero login https://stepzero.example.org < token"
        })
final class LoginCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "URL", description = "The server.")
    private String url = "";

    LoginCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var address = ServerAddress.parse(url);
        String token;
        try (var value = SecretInput.read()) {
            token = new String(value.copy(), StandardCharsets.UTF_8).strip();
        }
        var me = new Server(address, token).get("/api/v1/me");
        new Logins(Home.of(terminal.environment())).keep(address, token);
        terminal.out()
                .printf(
                        "signed in at %s as %s, %s%n",
                        address,
                        Facts.text(me, "name"),
                        me.path("writes").asBoolean(true) ? "to read and write" : "to read");
        terminal.out().flush();
        return 0;
    }
}
