package dev.stepzero.ship.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockfileTest {
    private static final Request REQUEST = new Request(List.of("b", "a"), Map.of("dash", "no shell"));
    private static final Resolution RESOLUTION = new Resolution(
            List.of(locked("a-tool", "1:2.0-1+b1"), locked("libb", "3~rc1")),
            Instant.parse("2026-11-21T08:00:00Z"),
            List.of());

    @TempDir
    Path temporary;

    @Test
    void whatWasWrittenIsRead() {
        var lock = new Lockfile(Map.of())
                .with("java", "amd64", REQUEST, RESOLUTION)
                .with("database", "arm64", REQUEST, RESOLUTION);

        lock.write(temporary.resolve("stepzero.lock"));

        assertThat(Lockfile.read(temporary.resolve("stepzero.lock"))).isEqualTo(lock);
        assertThat(lock.find("java", "amd64", REQUEST)).contains(RESOLUTION);
    }

    @Test
    void itReadsWellInAReview() {
        var lock = new Lockfile(Map.of()).with("java", "amd64", REQUEST, RESOLUTION);

        assertThat(lock.print()).endsWith("""

                [java amd64] 2026-11-21T08:00:00Z a b without dash
                a-tool 1:2.0-1+b1 amd64 %s 12 pool/a-tool.deb
                libb 3~rc1 amd64 %s 12 pool/libb.deb
                """.formatted(
                        locked("a-tool", "1").sha256().hex(),
                        locked("libb", "1").sha256().hex()));
    }

    @Test
    void itHoldsForNoOtherRequest() {
        var lock = new Lockfile(Map.of()).with("java", "amd64", REQUEST, RESOLUTION);

        assertThat(lock.find("java", "amd64", new Request(List.of("a"), Map.of())))
                .isEmpty();
        assertThat(lock.find("java", "arm64", REQUEST)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereLocksNothing() {
        assertThat(Lockfile.read(temporary.resolve("none")).sections()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "libc6 1 amd64 00 1 pool/x.deb",
                "[java amd64] yesterday libc6",
                "[java amd64] 2026-11-21T08:00:00Z x\nlibc6 1 amd64",
                "[java amd64] 2026-11-21T08:00:00Z x\nlibc6 1 amd64 %s 1 ../../etc/passwd",
                "[java amd64] 2026-11-21T08:00:00Z x\nlibc6 1 amd64 %s 99999999999999999999 pool/x.deb"
            })
    void aDamagedFileIsRefusedWithItsLine(String text) {
        var digest = "0".repeat(64);

        assertThatThrownBy(() -> Lockfile.parse(text.replace("%s", digest), "stepzero.lock"))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.where().orElse("")).startsWith("stepzero.lock:"));
    }

    private static LockedPackage locked(String name, String version) {
        var digest = Digest.of(name.getBytes(StandardCharsets.UTF_8));
        return new LockedPackage(name, version, "amd64", digest, 12, "pool/" + name + ".deb");
    }
}
