package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.FreePort;
import dev.stepzero.store.process.PortHolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the load balancer's process, and gives it its orders. Callers hold the environment's lock. */
final class LoadBalancerProcess {
    static final String NAME = "proxy";

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration RELEASE = Duration.ofSeconds(3);
    private static final int TOLD_LINES = 10;
    private static final int FIRST_OPEN_PORT = 1024;

    private final EnvironmentFiles home;
    private final EnvironmentSpec environment;
    private final ProxyFiles files;
    private final Detached process;

    LoadBalancerProcess(EnvironmentFiles home, EnvironmentSpec environment) {
        this.home = home;
        this.environment = environment;
        files = new ProxyFiles(home.proxy());
        process = Detached.named(NAME, home.proxy());
    }

    /** Starts it unless it runs as declared, and waits until it takes orders. */
    ProxySettings prepare() throws InterruptedException {
        var kept = files.settings();
        if (process.running().isPresent()) {
            if (kept.filter(settings -> settings.servesLike(declared(settings))).isPresent()) {
                return kept.get();
            }
            process.stop(STOP);
        }
        requireFree(environment.loadBalancer());
        var random = new SecureRandom();
        var preview = kept.map(ProxySettings::previewPort)
                .filter(FreePort::isFree)
                .orElseGet(() -> FreePort.find(random, Set.of()));
        var settings = declared(new ProxySettings("", 0, preview, FreePort.find(random, Set.of(preview)), ""));
        start(settings);
        return settings;
    }

    private ProxySettings declared(ProxySettings ports) {
        return new ProxySettings(
                environment.loadBalancer().address(),
                environment.loadBalancer().port(),
                ports.previewPort(),
                ports.controlPort(),
                environment.application().healthPath());
    }

    private void start(ProxySettings settings) throws InterruptedException {
        var user = Users.loadBalancer();
        if (settings.port() < FIRST_OPEN_PORT) {
            user = user.listeningBelow1024();
        }
        files.write(settings);
        user.admit(home.proxy());
        // Only the files: who could write to the directory could have us kill or overwrite whatever it likes.
        files.all().forEach(user::give);
        var command = user.command(command(), Map.of(), uses());
        var mark = process.start(command, home.proxy());
        user.give(process.log().file());
        var deadline = System.nanoTime() + START.toNanos();
        while (!control(settings).answers()) {
            if (!mark.alive() || System.nanoTime() > deadline) {
                throw UserError.engine("the load balancer did not start:\n"
                                + String.join("\n", process.log().tail(TOLD_LINES))
                                        .indent(2))
                        .at(settings.address() + ":" + settings.port())
                        .fix("mend what its last lines say and ship again");
            }
            Thread.sleep(20);
        }
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath(),
                ProxyMain.class.getName(),
                home.proxy().toString());
    }

    private static String classPath() {
        var absolute = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            absolute.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, absolute);
    }

    private Set<Path> uses() {
        var uses = new HashSet<Path>();
        uses.add(home.proxy());
        uses.add(home.replicas());
        uses.add(Path.of(System.getProperty("java.home")));
        for (var entry : classPath().split(File.pathSeparator, -1)) {
            if (Files.exists(Path.of(entry))) {
                uses.add(Path.of(entry));
            }
        }
        return uses;
    }

    private static void requireFree(EnvironmentSpec.LoadBalancer declared) throws InterruptedException {
        var deadline = System.nanoTime() + RELEASE.toNanos();
        while (true) {
            var refusal = refusal(declared);
            if (refusal.isEmpty()) {
                return;
            }
            var holder = PortHolder.of(declared.port());
            if (holder.isPresent()) {
                throw refusal.get()
                        .fix("end " + holder.get()
                                + ", which holds the port, or declare another port for the environment");
            }
            // A load balancer that was killed a moment ago holds its port until the last of its threads is gone.
            if (System.nanoTime() > deadline) {
                throw refusal.get().fix("declare an address of this host and a port from 1024 on that is free");
            }
            Thread.sleep(20);
        }
    }

    private static Optional<UserError> refusal(EnvironmentSpec.LoadBalancer declared) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(declared.address(), declared.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(UserError.engine(
                            "the load balancer cannot listen on port " + declared.port() + ": " + e.getMessage())
                    .at(declared.address() + ":" + declared.port())
                    .because(e));
        }
    }

    private ProxyControl control(ProxySettings settings) {
        try {
            return new ProxyControl(settings.controlPort(), Files.readString(files.token()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says about itself now. */
    Balance balance() {
        return control(files.settings().orElseThrow()).balance();
    }

    /** Writes new routes down, for every later start, and has them followed before this returns. */
    void follow(Routes routes) {
        files.write(routes);
        if (process.running().isPresent()) {
            control(files.settings().orElseThrow()).follow(routes);
        }
    }

    /** The routes that were last written down. */
    Routes routes() {
        return files.routes();
    }

    boolean runs() {
        return process.running().isPresent();
    }

    void stop() throws InterruptedException {
        process.stop(STOP);
    }
}
