package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.fail;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.AptSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;

/** What the tests that build real images share: packages that are fetched once, an application, an engine. */
final class TestImages {
    static final BuildFacts FACTS = new BuildFacts(
            "demo", "1.2", "0123456789012345678901234567890123456789", "", Instant.parse("2026-11-01T10:00:00Z"));

    private static final Path SHARED = Path.of(System.getProperty("user.home"), ".cache", "stepzero-tests");

    private static final String PROGRAM = """
            import java.net.InetAddress;
            import java.time.Instant;
            import java.time.ZoneId;
            import java.time.format.DateTimeFormatter;
            import javax.net.ssl.SSLContext;
            import javax.net.ssl.TrustManagerFactory;
            import javax.net.ssl.X509TrustManager;

            public class Demo {
                public static void main(String[] arguments) throws Exception {
                    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                    trust.init((java.security.KeyStore) null);
                    var issuers = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers();
                    System.out.println(SSLContext.getDefault().getProtocol() + (issuers.length > 50 ? " trusts" : " lonely"));
                    System.out.println(Instant.EPOCH.atZone(ZoneId.of("Europe/Berlin"))
                            .format(DateTimeFormatter.RFC_1123_DATE_TIME));
                    System.out.println(InetAddress.getByName("localhost").isLoopbackAddress());
                    System.out.println(System.getProperty("user.name") + " " + System.getProperty("sun.jnu.encoding"));
                    java.util.logging.Logger.getLogger("demo").info("logged");
                }
            }
            """;

    private TestImages() {}

    /** A builder with a home of its own, which shares the packages that were fetched before. */
    static ImageBuilder builder(Path home) throws IOException {
        return builder(home, AptSources.read(Path.of("/etc/apt"), System.getenv()));
    }

    static ImageBuilder builder(Path home, AptSources sources) throws IOException {
        var packages = Files.createDirectories(SHARED.resolve("debian"));
        Files.createDirectories(home.resolve("cache"));
        Files.createSymbolicLink(home.resolve("cache/debian"), packages);
        return new ImageBuilder(home, sources, Optional.empty(), Clock.systemUTC(), line -> {});
    }

    /** A builder whose layers outlive the test run. */
    static ImageBuilder warmBuilder() {
        return new ImageBuilder(
                SHARED.resolve("home"),
                AptSources.read(Path.of("/etc/apt"), System.getenv()),
                Optional.empty(),
                Clock.fixed(Instant.now().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC),
                line -> {});
    }

    /** Compiles the program and packs it with a fixed time. */
    static JavaApplication application(Path directory) throws IOException {
        var source = Files.writeString(Files.createDirectories(directory).resolve("Demo.java"), PROGRAM);
        run(
                "javac",
                "-proc:none",
                "--release",
                "21",
                "-d",
                directory.resolve("classes").toString(),
                source.toString());
        var jar = directory.resolve("demo.jar");
        run(
                "jar",
                "--create",
                "--file=" + jar,
                "--main-class=Demo",
                "--date=2026-11-01T10:00:00Z",
                "-C",
                directory.resolve("classes").toString(),
                "Demo.class");
        return JavaApplication.of(jar, List.of());
    }

    private static void run(String tool, String... arguments) {
        var status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) {
            fail(tool + " ended with " + status);
        }
    }

    @FunctionalInterface
    interface Build {
        BuiltImage run() throws Exception;
    }

    /** Builds, or skips the test where no Debian archive can be reached. */
    static BuiltImage build(Build build) throws Exception {
        try {
            return build.run();
        } catch (UserError e) {
            if (e.status() == ExitStatus.ENGINE) {
                requireOrSkip(false, "no Debian archive: " + e.what());
            }
            throw e;
        }
    }

    static void requireOrSkip(boolean there, String what) {
        if (!there && "1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            fail(what);
        }
        Assumptions.assumeTrue(there, what);
    }

    /** What a container of the image writes when it has no rights, no network and nowhere to write. */
    static String runInPodman(BuiltImage image, String... options) throws Exception {
        var name = Path.of("/usr/bin/podman");
        requireOrSkip(Files.isExecutable(name), "podman is not installed");
        var id = said("podman", "pull", "-q", "oci:" + image.layout() + ":" + image.name())
                .strip();
        var command = new ArrayList<>(List.of(
                "podman",
                "run",
                "--rm",
                "--read-only",
                "--cap-drop=all",
                "--security-opt=no-new-privileges",
                "--network=none"));
        for (var option : options) {
            command.add(option.equals("IMAGE") ? id : option);
        }
        if (!command.contains(id)) {
            command.add(id);
        }
        return said(command.toArray(String[]::new));
    }

    private static String said(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            fail(String.join(" ", command) + " ended with " + process.exitValue() + ": " + text);
        }
        return text;
    }

    /** The files of all layers, by path. */
    static Map<String, TarArchiveEntry> files(BuiltImage image) throws IOException {
        var layout = OciLayout.at(image.layout());
        var files = new HashMap<String, TarArchiveEntry>();
        for (var layer : ImageManifest.parse(layout.manifest(image.digest())).layers()) {
            try (var tar = new TarArchiveInputStream(
                    new GZIPInputStream(Files.newInputStream(layout.blob(layer.digest()))), "UTF-8")) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    files.put(entry.getName(), entry);
                }
            }
        }
        return files;
    }
}
