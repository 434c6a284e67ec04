package dev.stepzero.cli;

import dev.stepzero.cli.remote.Events;
import dev.stepzero.cli.remote.Facts;
import dev.stepzero.cli.remote.Server;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.RunSummary;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server to ship a commit, and shows the run as one of this machine. Ctrl-C ends the showing, not the run. */
final class RemoteShip {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Set<String> WAITS = Set.of("queued", "running");
    private static final JsonMapper JSON = new JsonMapper();

    private final Terminal terminal;
    private final Clock clock;
    private final Server server;
    private final RunView view;
    private final boolean quiet;

    RemoteShip(Terminal terminal, Clock clock, Server server, RunView view, boolean quiet) {
        this.terminal = terminal;
        this.clock = clock;
        this.server = server;
        this.view = view;
        this.quiet = quiet;
    }

    /** Answers the exit code that the same run would have here. */
    int ship(String project, String environment, String commit) throws InterruptedException {
        var started = clock.instant();
        if (!quiet) {
            terminal.err().printf("%n  %s %.12s  →  %s at %s%n%n", project, commit, environment, server.address());
        }
        var asked = server.post(
                Server.of(project, "/requests"),
                Map.of("purpose", "ship", "environment", environment, "commit", commit));
        var request = "/api/v1/requests/" + asked.path("id").longValue();
        try {
            var run = followed(request);
            if (!quiet) {
                view.warnings().forEach(text -> ShipCommand.warn(terminal, text));
            }
            return report(run, Duration.between(started, clock.instant()));
        } catch (InterruptedException e) {
            terminal.err().println("\n  the run goes on at " + server.address());
            throw e;
        }
    }

    /** A run may begin anew on another server, so that the request has the last word. */
    private RunSummary followed(String request) throws InterruptedException {
        var asked = server.get(request);
        try (var _ = new Ticker(view)) {
            var shown = new RemoteRun(view);
            while (true) {
                if (asked.has("run")) {
                    follow("/api/v1/runs/" + asked.path("run").longValue(), shown);
                }
                asked = server.get(request);
                var state = Facts.text(asked, "state");
                if (!WAITS.contains(state)) {
                    break;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
        if (!asked.has("run")) {
            throw none(asked).at(server.address().toString());
        }
        return Facts.run(
                server.get("/api/v1/runs/" + asked.path("run").longValue()).path("run"));
    }

    private static UserError none(JsonNode asked) {
        var state = Facts.text(asked, "state");
        var reason = asked.has("reason") ? "; " + Facts.text(asked, "reason") : "";
        var what = "no run came of it: it was " + state + reason;
        return state.equals("stalled") ? UserError.engine(what) : UserError.blocked(what);
    }

    private void follow(String path, RemoteRun shown) throws InterruptedException {
        for (var isOver = false; !isOver; ) {
            try (var events = server.events(path + "/events", shown.lastLine())) {
                isOver = follow(path, events, shown);
                if (!isOver) {
                    Thread.sleep(BETWEEN_LOOKS);
                }
            } catch (IOException e) {
                // The server went away for a while: the next look says so, or goes on.
                Thread.sleep(BETWEEN_LOOKS);
                isOver = shown.update(server.get(path));
            }
        }
    }

    private boolean follow(String path, Events events, RemoteRun shown) throws IOException, InterruptedException {
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            switch (event.get().name()) {
                case "lines" ->
                    shown.lines(event.get().id(), JSON.readTree(event.get().data()));
                case "end" -> {
                    return shown.update(server.get(path));
                }
                default -> shown.update(server.get(path));
            }
        }
        return false;
    }

    private int report(RunSummary run, Duration took) throws InterruptedException {
        terminal.err().flush();
        var key = run.run().key();
        if (run.status() == RunStatus.SUCCEEDED) {
            var address = address(key.project(), key.environment());
            terminal.out()
                    .printf(
                            "%n  %s %.12s is in %s after %s%s%n",
                            key.project(),
                            key.commit(),
                            key.environment(),
                            RunView.seconds(took),
                            address.map(": "::concat).orElse(""));
            terminal.out().flush();
            return ExitStatus.PASSED.code();
        }
        terminal.err()
                .println("stepzero: run %d was %s%s"
                        .formatted(
                                run.run().id(),
                                run.status().label(),
                                run.reason().map(": "::concat).orElse("")));
        terminal.err().flush();
        return switch (run.status()) {
            case FAILED -> ExitStatus.FAULT.code();
            case STALLED, INTERRUPTED, RUNNING -> ExitStatus.ENGINE.code();
            default -> ExitStatus.BLOCKED.code();
        };
    }

    private Optional<String> address(String project, String environment) throws InterruptedException {
        return server.list("/api/v1/environments", Map.of("project", project), 100).stream()
                .filter(each -> Facts.text(each, "environment").equals(environment))
                .map((JsonNode each) -> Facts.text(each, "address"))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
