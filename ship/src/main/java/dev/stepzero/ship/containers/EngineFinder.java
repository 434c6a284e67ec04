package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Finds an engine that answers, or the reasons why there is none. */
final class EngineFinder {
    private static final String ADMINISTRATORS_PATH = "/usr/local/sbin:/usr/sbin:/sbin";
    /** Long, for Podman reads all that it has before it answers, and a busy machine must not look like one without it. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private static final Duration START = Duration.ofSeconds(60);
    /** Linux refuses longer addresses of sockets ({@code sun_path} has 108 bytes with its end). */
    private static final int LONGEST_SOCKET = 107;

    private final Map<String, String> environment;
    private final Path home;
    private final Duration answerTime;
    private final List<String> reasons = new ArrayList<>();

    EngineFinder(Map<String, String> environment, Path home) {
        this(environment, home, ANSWER);
    }

    /** One that waits for an engine's answer no longer than given. */
    EngineFinder(Map<String, String> environment, Path home, Duration answerTime) {
        this.environment = environment;
        this.home = home.toAbsolutePath();
        this.answerTime = answerTime;
    }

    EngineSearch find() throws InterruptedException {
        if ("none".equals(environment.get("STEPZERO_ENGINE"))) {
            return new EngineSearch.Missing("STEPZERO_ENGINE=none switches container engines off");
        }
        var host = environment.get("DOCKER_HOST");
        var found = host != null && !host.isBlank() ? connect(host.strip()) : usual();
        return found.<EngineSearch>map(EngineSearch.Found::new)
                .orElseGet(() -> new EngineSearch.Missing(String.join("; ", reasons)));
    }

    private Optional<ContainerEngine> usual() throws InterruptedException {
        var sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
        var runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isBlank()) {
            sockets.add(Path.of(runtime, "podman", "podman.sock"));
        }
        sockets.add(Path.of("/run/podman/podman.sock"));
        var own = home.resolve("podman.sock");
        sockets.add(own);
        for (var socket : sockets) {
            if (Files.exists(socket)) {
                var engine = connect("unix://" + socket);
                if (engine.isPresent()) {
                    return engine;
                }
            }
        }
        var program = podman();
        if (program.isEmpty()) {
            reasons.add("neither Docker's nor Podman's socket is there, and no 'podman' is on the path");
            return Optional.empty();
        }
        return start(program.get(), own);
    }

    private Optional<Path> podman() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "podman"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Optional<ContainerEngine> start(Path program, Path socket) throws InterruptedException {
        if (socket.toString().length() > LONGEST_SOCKET) {
            reasons.add("the path " + socket + " is too long for a socket; choose a shorter home");
            return Optional.empty();
        }
        try {
            Files.createDirectories(home);
            var log = home.resolve("podman.log");
            // Podman's monitor leaves a file named oom in its working directory when memory ran out.
            // A group of its own: Ctrl-C ends the command, not the service under running containers.
            var service = new ProcessBuilder(
                            "setsid", program.toString(), "system", "service", "--time", "300", "unix://" + socket)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(log.toFile());
            // Podman's network tools are in folders that an ordinary user's path does not name.
            service.environment().merge("PATH", ADMINISTRATORS_PATH, (path, more) -> path + ":" + more);
            return awaitService(service.start(), socket, log);
        } catch (IOException e) {
            reasons.add("'podman system service' cannot be started: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ContainerEngine> awaitService(Process service, Path socket, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (service.waitFor(50, TimeUnit.MILLISECONDS)) {
                reasons.add("'podman system service' ended: "
                        + Files.readString(log).strip());
                return Optional.empty();
            }
            if (Files.exists(socket)) {
                var engine = connect("unix://" + socket);
                if (engine.isPresent()) {
                    return engine;
                }
            }
        }
        service.destroyForcibly();
        reasons.add("'podman system service' does not answer");
        return Optional.empty();
    }

    private Optional<ContainerEngine> connect(String host) throws InterruptedException {
        DockerClient client;
        try {
            var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .withDockerHost(host)
                    .build();
            var http = new ZerodepDockerHttpClient.Builder()
                    .dockerHost(URI.create(host))
                    .sslConfig(config.getSSLConfig())
                    .connectionTimeout(answerTime)
                    .build();
            client = DockerClientImpl.getInstance(config, http);
        } catch (RuntimeException e) {
            reasons.add("'" + host + "' is no address of an engine: " + e.getMessage());
            return Optional.empty();
        }
        return ask(client, host);
    }

    /** The transport knows no time limit on local sockets, so the question is asked in a thread that can be left. */
    private Optional<ContainerEngine> ask(DockerClient client, String host) throws InterruptedException {
        var answer = new CompletableFuture<ContainerEngine>();
        var question = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(new ContainerEngine(
                        client, client.versionCmd().exec(), client.infoCmd().exec()));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return Optional.of(answer.get(answerTime.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            reasons.add(host + " fails: " + Calls.lastWords(e));
        } catch (TimeoutException e) {
            reasons.add(host + " takes calls but has not answered for " + answerTime.toSeconds() + " seconds");
        } finally {
            question.interrupt();
        }
        return Optional.empty();
    }
}
