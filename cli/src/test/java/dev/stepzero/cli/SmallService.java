package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.store.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A git repository with a service of one class, whose build and tests take no more than a second. */
final class SmallService {
    private static final String YAML = """
            app: small
            build:
              fetch: "true"
              run: sh build.sh
              artifact: small.jar
            test:
              run: sh test.sh
              reports: [reports]
            environments:
              production:
                loadBalancer: { port: %d }
                application: { portVariable: SMALL_PORT, replicas: 2, memory: 128, startTimeout: 30s }
            """;

    private static final String SERVICE = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            public class Small {
                public static void main(String[] arguments) throws Exception {
                    int port = Integer.parseInt(System.getenv().getOrDefault("SMALL_PORT", "8080"));
                    HttpServer server = HttpServer.create(new InetSocketAddress(port), 100);
                    answer(server, "/", "small says hello");
                    answer(server, "/replica", java.util.UUID.randomUUID().toString());
                    answer(server, "/__heartbeat__", "I am alive");
                    answer(server, "/__version__", "{\\"commit\\":\\"" + System.getenv("SMALL_COMMIT") + "\\"}");
                    server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
                    server.start();
                }

                static void answer(HttpServer server, String path, String text) {
                    server.createContext(path, exchange -> {
                        byte[] body = text.getBytes();
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
                }
            }
            """;

    private static final String BUILD = """
            quick="-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC"
            "$JAVA_HOME/bin/javac" $quick -d classes src/Small.java
            "$JAVA_HOME/bin/jar" $quick --create --file small.jar --main-class Small --date="$STEPZERO_COMMIT_TIME" -C classes .
            """;

    private static final String TEST = """
            mkdir -p reports
            echo '<testsuite tests="1"><testcase classname="small.Test" name="works" time="0.1"/></testsuite>' \\
              > reports/TEST-small.xml
            """;

    private final Path directory;
    private final int port;
    private final Git git;

    private SmallService(Path directory, int port, Git git) {
        this.directory = directory;
        this.port = port;
        this.git = git;
    }

    static SmallService in(Path directory) throws IOException, GitAPIException {
        return in(directory, FreePort.find(new SecureRandom(), Set.of()));
    }

    private static SmallService in(Path directory, int port) throws IOException, GitAPIException {
        var service = new SmallService(
                Files.createDirectories(directory),
                port,
                Git.init()
                        .setDirectory(directory.toFile())
                        .setInitialBranch("main")
                        .call());
        service.commit(Map.of(
                "pom.xml", "<project/>",
                "src/Small.java", SERVICE,
                "build.sh", BUILD,
                "test.sh", TEST,
                "stepzero.yaml", YAML.formatted(port)));
        return service;
    }

    Path directory() {
        return directory;
    }

    int port() {
        return port;
    }

    /** Where users reach it once it is shipped. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it answers under a path. */
    String answer(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address().resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    String head() throws IOException {
        return git.getRepository().resolve("HEAD").name();
    }

    /** Replaces a text in a file, and commits that. */
    String commitReplaced(String file, String text, String by) throws IOException, GitAPIException {
        var before = Files.readString(directory.resolve(file));
        assertThat(before).contains(text);
        return commit(Map.of(file, before.replace(text, by)));
    }

    /** Writes files, commits them and answers the commit's id. */
    String commit(Map<String, String> files) throws IOException, GitAPIException {
        for (var file : new TreeMap<>(files).entrySet()) {
            var path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage("Change " + String.join(", ", files.keySet()))
                .setAuthor("Ada", "ada@example.org")
                .setCommitter("Ada", "ada@example.org")
                .setSign(false)
                .call()
                .name();
    }

    /** Names the latest commit. */
    void branch(String name) throws GitAPIException {
        git.branchCreate().setName(name).call();
    }

    /** Goes on from an earlier commit. */
    void reset(String commit) throws GitAPIException {
        git.reset().setMode(ResetCommand.ResetType.HARD).setRef(commit).call();
    }
}
