package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.containers.application.Answering;
import dev.stepzero.ship.image.BuildFacts;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.image.ImageBuilder;
import dev.stepzero.ship.image.JavaApplication;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Real images of all three tiers: HAProxy and PostgreSQL from Debian, and two releases of {@link Answering}. */
record TestReleases(TierImages tiers, Release first, Release second) {
    private static final Path HOME = Path.of("target", "test-images").toAbsolutePath();
    private static final Path LAYOUT = HOME.resolve("layout");

    private static @Nullable TestReleases built;

    /** Builds them at the first call; the test is skipped where Debian's packages cannot be had. */
    static synchronized TestReleases require() throws Exception {
        if (built == null) {
            built = build();
        }
        return built;
    }

    private static TestReleases build() throws Exception {
        var builder = new ImageBuilder(
                HOME,
                AptSources.read(Path.of("/etc/apt"), System.getenv()),
                Optional.empty(),
                Clock.systemUTC(),
                line -> {});
        try {
            var balancer = image(builder.loadBalancer(LAYOUT));
            var database = image(builder.database(LAYOUT));
            var tiers = new TierImages() {
                @Override
                public TierImage loadBalancer() {
                    return balancer;
                }

                @Override
                public TierImage database() {
                    return database;
                }
            };
            return new TestReleases(tiers, release(builder, "1"), release(builder, "2"));
        } catch (UserError e) {
            if (e.status() == ExitStatus.ENGINE && !"1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
                return abort("no images can be built: " + e.what());
            }
            return fail(e);
        }
    }

    private static TierImages.TierImage image(BuiltImage built) {
        return new TierImages.TierImage(built.layout(), built.digest());
    }

    private static Release release(ImageBuilder builder, String digit) throws Exception {
        var commit = digit.repeat(40);
        var jar = jar(commit);
        var built = builder.buildJava(
                JavaApplication.of(jar, List.of(driver())),
                new BuildFacts("answering", digit, commit, "", Instant.EPOCH),
                LAYOUT);
        return new Release("answering", commit, built.digest(), LAYOUT);
    }

    private static Path jar(String commit) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Answering.class.getName());
        var file = Files.createDirectories(HOME.resolve(commit)).resolve("answering.jar");
        var entry = Answering.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var code = TestReleases.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(code.readAllBytes());
            jar.putNextEntry(new JarEntry("commit"));
            jar.write(commit.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Path driver() throws ClassNotFoundException, URISyntaxException {
        var code = Class.forName("org.postgresql.Driver").getProtectionDomain().getCodeSource();
        return Path.of(code.getLocation().toURI());
    }
}
