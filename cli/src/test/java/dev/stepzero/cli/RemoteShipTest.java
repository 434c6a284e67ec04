package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run of a server is shown, by a server that answers as it is told. */
class RemoteShipTest {
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Session session;
    private Path project;
    private String commit;

    @BeforeEach
    void start(@TempDir Path home) throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        session = Session.withoutEngine(home.resolve("home"))
                .with(
                        "STEPZERO_SERVER",
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .with("STEPZERO_TOKEN", "stepzero_token");
        project = Files.createDirectory(home.resolve("shop"));
        try (var git = Git.init().setDirectory(project.toFile()).call()) {
            Files.writeString(project.resolve("stepzero.yaml"), "app: shop\n");
            Files.writeString(project.resolve("go.mod"), "module shop\n\ngo 1.25\n");
            git.add().addFilepattern(".").call();
            commit = git.commit()
                    .setMessage("Begin")
                    .setAuthor("Ada", "ada@example.org")
                    .setCommitter("Ada", "ada@example.org")
                    .setSign(false)
                    .call()
                    .name();
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            asked.add(request + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var body = answers.getOrDefault(request, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(request) ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void run(String status, String step, String more) {
        answers.put("POST /api/v1/projects/shop/requests", "{\"id\":5,\"state\":\"queued\"}");
        answers.put("GET /api/v1/requests/5", "{\"id\":5,\"state\":\"ended\",\"run\":12}");
        answers.put("GET /api/v1/runs/12", """
                {"run":{"id":12,"project":"shop","purpose":"ship","trust":"trusted","environment":"production",
                 "target":"process","commit":"%s","ref":"refs/heads/main","status":"%s",
                 "startedAt":"2026-11-21T10:00:00Z","endedAt":"2026-11-21T10:01:00Z"%s},
                 "steps":[{"name":"test","stage":"verify","attempt":1,"status":"%s",
                 "startedAt":"2026-11-21T10:00:00Z","endedAt":"2026-11-21T10:00:30Z","warnings":["mind the gap"]%s}]}
                """.formatted(commit, status, more, step, more));
        answers.put("GET /api/v1/runs/12/events", """
                event: state
                data:\s

                : still here

                id: 2
                event: lines
                data: [["test","it \\u001b[31mruns"]]

                event: end
                data:\s

                """);
        answers.put("GET /api/v1/environments", """
                {"items":[{"environment":"production","address":"http://shop.example"}]}""");
    }

    @Test
    void aRunOfTheServerIsShownAsOneOfThisMachine() {
        run("succeeded", "succeeded", "");

        var shipped = session.run("ship", project.toString(), "--verbose");

        assertThat(shipped.all()).startsWith("exit 0");
        assertThat(shipped.out()).contains("is in production after").contains("http://shop.example");
        assertThat(shipped.err())
                .contains("verify")
                .contains("30.0 s")
                .contains("mind the gap")
                .doesNotContain("\u001b");
        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/projects/shop/requests")
                .contains(commit)
                .contains("\"purpose\":\"ship\"");
    }

    @Test
    void exitCodesAreThoseOfRunsOfThisMachine() {
        var reason = ",\"reason\":\"2 tests failed\"";

        run("blocked", "blocked", reason);
        var blocked = session.run("ship", project.toString());
        run("failed", "failed", reason);
        var failed = session.run("ship", project.toString());
        run("stalled", "stalled", reason);
        var stalled = session.run("ship", project.toString());

        assertThat(blocked.all()).startsWith("exit 1").contains("2 tests failed");
        assertThat(failed.exitCode()).isEqualTo(70);
        assertThat(stalled.exitCode()).isEqualTo(4);
    }

    @Test
    void aRequestThatNoRunComesOfSaysWhy() {
        run("succeeded", "succeeded", "");
        answers.put(
                "GET /api/v1/requests/5",
                "{\"id\":5,\"state\":\"refused\",\"reason\":\"not on the protected branch\"}");

        assertThat(session.run("ship", project.toString()).all())
                .startsWith("exit 1")
                .contains("not on the protected branch");
    }

    @Test
    void aServerThatSpeaksOtherwiseIsAnEngineThatFails() {
        answers.put("POST /api/v1/projects/shop/requests", "<html>");
        assertThat(session.run("ship", project.toString()).all())
                .startsWith("exit 4")
                .contains("no Stepzero server");

        run("succeeded", "succeeded", "");
        answers.put("GET /api/v1/runs/12", answers.get("GET /api/v1/runs/12").replace("trusted", "adored"));
        assertThat(session.run("ship", project.toString()).all())
                .startsWith("exit 4")
                .contains("server's version");
    }

    @Test
    void whereAServerShipsToIsItsOwnToSay() {
        assertThat(session.run("ship", project.toString(), "--target", "process")
                        .all())
                .startsWith("exit 2")
                .contains("--target");
    }
}
