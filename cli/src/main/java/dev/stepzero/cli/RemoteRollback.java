package dev.stepzero.cli;

import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.core.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a server for the way back, and waits until it was gone. */
record RemoteRollback(Terminal terminal, Server server) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    int bringBack(String project, String environment, Optional<String> commit, @Nullable String reason)
            throws InterruptedException {
        if (reason == null) {
            throw UserError.usage("a server wants to know why").fix("say it: --reason TEXT");
        }
        var path = Server.of(project, "/environments/%s/rollbacks".formatted(Server.segment(environment)));
        var wanted = new LinkedHashMap<String, Object>(Map.of("reason", reason));
        commit.ifPresent(text -> wanted.put("commit", text));
        var asked = server.post(path, wanted);
        while (Facts.text(asked, "status").equals("running")) {
            Thread.sleep(BETWEEN_LOOKS);
            asked = server.get(path + "/" + asked.path("id").longValue());
        }
        if (!Facts.text(asked, "status").equals("served")) {
            var why = Facts.text(asked, "failure");
            throw UserError.blocked("the rollback did not come about: " + (why.isEmpty() ? "it was cut" : why))
                    .at("%s of %s".formatted(environment, project));
        }
        terminal.out().printf("%s %.12s serves in %s again%n", project, Facts.text(asked, "commit"), environment);
        terminal.out().flush();
        return 0;
    }
}
