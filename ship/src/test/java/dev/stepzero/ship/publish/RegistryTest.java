package dev.stepzero.ship.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final Credentials ROBOT = new Credentials("robot", "correct horse");

    @TempDir
    Path temporary;

    @Test
    void whatArrivesIsWhatLeft() throws Exception {
        var built = TestLayout.make(temporary.resolve("built"), 1 << 20);
        var fetched = OciLayout.at(temporary.resolve("fetched"));

        try (var real = RealRegistry.open(temporary)) {
            var registry = Registry.of(real.repository("team/app"), Optional.empty());
            assertThat(registry.has(built.image())).isFalse();
            registry.push(built.layout(), built.image());
            registry.push(built.layout(), built.image());
            assertThat(registry.has(built.image())).isTrue();
            registry.fetch(built.image(), fetched);
        }

        assertThat(fetched.manifest(built.image())).isEqualTo(built.layout().manifest(built.image()));
        assertThat(fetched.blob(built.layer()))
                .hasSameBinaryContentAs(built.layout().blob(built.layer()));
        assertThat(fetched.directory().resolve("index.json"))
                .content()
                .contains(built.image().toString());
    }

    @Test
    void aRegistryWithAPasswordTakesTheRightOneOnly() throws Exception {
        var built = TestLayout.make(temporary.resolve("built"), 1000);

        try (var real = RealRegistry.withPassword(temporary, ROBOT)) {
            var repository = real.repository("app");
            Registry.of(repository, Optional.of(ROBOT)).push(built.layout(), built.image());

            assertEngine(
                    () -> Registry.of(repository, Optional.empty()).has(built.image()), "wants a user and a password");
            assertEngine(
                    () -> Registry.of(repository, Optional.of(new Credentials("robot", "wrong")))
                            .has(built.image()),
                    "answers 401");
        }
    }

    @Test
    void anImageThatIsNotThereIsExplained() throws Exception {
        try (var real = RealRegistry.open(temporary)) {
            var registry = Registry.of(real.repository("app"), Optional.empty());

            assertEngine(
                    () -> registry.fetch(Digest.of(new byte[0]), OciLayout.at(temporary.resolve("fetched"))),
                    "answers 404");
        }
    }

    @Test
    void aBlobThatWasChangedInTheRegistryIsRefused() throws Exception {
        var built = TestLayout.make(temporary.resolve("built"), 1000);
        var fetched = OciLayout.at(temporary.resolve("fetched"));

        try (var real = RealRegistry.open(temporary)) {
            var registry = Registry.of(real.repository("app"), Optional.empty());
            registry.push(built.layout(), built.image());
            var hex = built.layer().hex();
            Files.write(
                    temporary.resolve(
                            "data/docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data"),
                    new byte[1000]);

            assertThatThrownBy(() -> registry.fetch(built.image(), fetched))
                    .isInstanceOfSatisfying(
                            UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED));
        }
        assertThat(fetched.has(built.layer())).isFalse();
        assertThat(fetched.has(built.image())).isFalse();
    }

    @Test
    void aRegistryThatIsDownIsExplained() {
        var registry = Registry.of(Reference.parse("127.0.0.1:1/app"), Optional.empty());

        assertEngine(() -> registry.has(Digest.of(new byte[0])), "cannot be reached");
    }

    private static void assertEngine(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.ENGINE))
                .hasMessageContaining(why);
    }
}
