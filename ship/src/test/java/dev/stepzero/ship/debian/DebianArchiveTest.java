package dev.stepzero.ship.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianArchiveTest {
    @TempDir
    Path temporary;

    TestArchive mirror;

    @BeforeEach
    void makeMirror() throws Exception {
        mirror = new TestArchive(temporary.resolve("mirror"));
    }

    @Test
    void theSourcesVersionIsToldOfAPackageThatIsNumberedOtherwise() throws Exception {
        mirror.add("same", "1.2-3");
        mirror.add("epoch", "1:4.1-2", "Source: shadow (4.13+dfsg1-1)");
        mirror.add("rebuilt", "2.0-1+b3", "Source: rebuilt (2.0-1)");
        mirror.add("named", "5-1", "Source: other");
        mirror.publish();

        assertThat(archive().newestSource("same")).contains("1.2-3");
        assertThat(archive().newestSource("epoch")).contains("4.13+dfsg1-1");
        assertThat(archive().newestSource("rebuilt")).contains("2.0-1");
        assertThat(archive().newestSource("named")).contains("5-1");
        assertThat(archive().newestSource("absent")).isEmpty();
    }

    @Test
    void thePackagesThatAreNeededComeWithWhatTheyDependOn() throws Exception {
        mirror.add("app", "1.0", "Depends: lib (>= 2), other | missing");
        mirror.add("lib", "2.1", "Pre-Depends: base");
        mirror.add("base", "1");
        mirror.add("other", "1");
        mirror.add("unrelated", "1");
        mirror.publish();

        var resolution = archive().newest(request("app"));

        assertThat(names(resolution)).containsExactly("app", "base", "lib", "other");
        assertThat(resolution.settled()).isEqualTo(TestArchive.NOW);
    }

    @Test
    void aVirtualPackageIsMetByTheFirstThatProvidesIt() throws Exception {
        mirror.add("app", "1.0", "Depends: mail-server");
        mirror.add("postfix", "3", "Provides: mail-server");
        mirror.add("exim", "4", "Provides: mail-server (= 4)");
        mirror.publish();

        var resolution = archive().newest(request("app"));

        assertThat(names(resolution)).containsExactly("app", "exim");
    }

    @Test
    void anAlternativeThatIsThereAlreadyBringsInNoOther() throws Exception {
        mirror.add("app", "1.0", "Depends: second, first | second");
        mirror.add("first", "1");
        mirror.add("second", "1");
        mirror.publish();

        var resolution = archive().newest(request("app"));

        assertThat(names(resolution)).containsExactly("app", "second");
    }

    @Test
    void whatIsDeclaredAsLeftOutStaysOut() throws Exception {
        mirror.add("app", "1.0", "Depends: libllvm14, shell | other-shell");
        mirror.add("libllvm14", "14");
        mirror.add("shell", "1");
        mirror.publish();
        var request = new Request(List.of("app"), Map.of("libllvm*", "too large", "shell", "nobody logs in"));

        var resolution = archive().newest(request);

        assertThat(names(resolution)).containsExactly("app");
    }

    @Test
    void theHighestNumberIsTakenWhereAStarStands() throws Exception {
        mirror.add("postgresql-9", "9.6");
        mirror.add("postgresql-15", "15.1");
        mirror.add("postgresql-common", "248");
        mirror.publish();

        var resolution = archive().newest(request("postgresql-*"));

        assertThat(names(resolution)).containsExactly("postgresql-15");
    }

    @Test
    void packagesThatDependOnEachOtherInACircleAreNoProblem() throws Exception {
        mirror.add("hen", "1", "Depends: egg");
        mirror.add("egg", "1", "Depends: hen");
        mirror.publish();

        var resolution = archive().newest(request("egg"));

        assertThat(names(resolution)).containsExactly("egg", "hen");
    }

    @Test
    void aDependencyThatNothingMeetsIsNamed() throws Exception {
        mirror.add("app", "1.0", "Depends: lib (>= 2)");
        mirror.add("lib", "1.9");
        mirror.publish();

        assertThatThrownBy(() -> archive().newest(request("app")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("app depends on: [lib]");
    }

    @Test
    void aTableOfContentsThatWasChangedIsRefused() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        var signed = Files.readString(mirror.inRelease());
        Files.writeString(mirror.inRelease(), signed.replace("Suite: stable", "Suite: staple"));

        assertBlocked(() -> archive().newest(request("app")), "no signature on it");
    }

    @Test
    void textAroundTheSignedPartIsNotBelieved() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        var signed = Files.readString(mirror.inRelease());
        Files.writeString(mirror.inRelease(), "SHA256:\n 00 1 main/binary-amd64/Packages\n\n" + signed);

        var resolution = archive().newest(request("app"));

        assertThat(names(resolution)).containsExactly("app");
    }

    @Test
    void aTableOfContentsWithoutSignatureIsRefused() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        Files.writeString(mirror.inRelease(), "Suite: stable\nSHA256:\n");

        assertBlocked(() -> archive().newest(request("app")), "refused");
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        var other = new TestArchive(temporary.resolve("other"));
        var source = new Source(mirror.directory.toUri(), "stable", List.of("main"), List.of(other.keyring), true);

        assertBlocked(() -> archive(source, TestArchive.NOW).newest(request("app")), "no signature on it");
    }

    @Test
    void aSignatureByAKeyThatExpiredIsRefused() throws Exception {
        var expiring = new TestArchive(temporary.resolve("expiring"), 3600);
        expiring.add("app", "1.0");
        expiring.publish();

        assertBlocked(() -> archive(expiring.source(), TestArchive.NOW).newest(request("app")), "no signature on it");
    }

    @Test
    void packageListsAreRefusedWhenTheirTimeIsOver() throws Exception {
        mirror.add("app", "1.0");
        mirror.validUntil = TestArchive.NOW.minusSeconds(2 * 86_400);
        mirror.publish();

        assertBlocked(() -> archive().newest(request("app")), "ended being valid");
    }

    @Test
    void aPackageListThatWasChangedIsRefused() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        var list = mirror.directory.resolve("dists/stable/main/binary-amd64/Packages.gz");
        var bytes = Files.readAllBytes(list);
        bytes[bytes.length - 1] ^= 1;
        Files.write(list, bytes);

        assertBlocked(() -> archive().newest(request("app")), "a file should be");
    }

    @Test
    void aPackageThatWasChangedIsRefused() throws Exception {
        var app = mirror.add("app", "1.0");
        mirror.publish();
        damage(mirror.directory.resolve(app.path()));

        assertBlocked(() -> archive().newest(request("app")), "a file should be");
    }

    @Test
    void aLockedVersionIsUsedThoughThereIsANewerOne() throws Exception {
        var old = mirror.add("app", "1.0");
        mirror.add("app", "1.1");
        mirror.publish();
        var locked = new Resolution(List.of(old), Instant.EPOCH, List.of());

        var resolution = archive().locked(request("app"), locked);

        assertThat(resolution).isEqualTo(locked);
        assertThat(archive().file(old)).exists();
    }

    @Test
    void aLockedPackageOfTheSameNameButOtherBytesIsRefused() throws Exception {
        var app = mirror.add("app", "1.0");
        mirror.publish();
        damage(mirror.directory.resolve(app.path()));

        assertBlocked(
                () -> archive().locked(request("app"), new Resolution(List.of(app), Instant.EPOCH, List.of())),
                "a file should be");
    }

    @Test
    void aLockedVersionThatIsGoneMovesWithANote() throws Exception {
        var old = mirror.add("app", "1.0");
        mirror.remove(old);
        mirror.add("app", "1.1", "Depends: lib");
        mirror.add("lib", "2");
        mirror.publish();

        var resolution = archive().locked(request("app"), new Resolution(List.of(old), Instant.EPOCH, List.of()));

        assertThat(names(resolution)).containsExactly("app", "lib");
        assertThat(resolution.notes())
                .containsExactly(
                        "the archive does not have these locked packages any more: app 1.0",
                        "package app moved from 1.0 to 1.1",
                        "package lib 2 came in");
    }

    @Test
    void whatWasFetchedOnceNeedsNoArchive() throws Exception {
        mirror.add("app", "1.0");
        mirror.publish();
        var resolution = archive().newest(request("app"));
        var unreachable = new DebianArchive(
                new AptSources(List.of(), List.of()), "amd64", cache(), Clock.systemUTC(), line -> {});

        var again = unreachable.locked(request("app"), resolution);

        assertThat(again).isEqualTo(resolution);
    }

    @Test
    void aDamagedCacheIsNotBelieved() throws Exception {
        var app = mirror.add("app", "1.0");
        mirror.publish();
        archive().newest(request("app"));
        damage(cache().resolve(app.sha256().hex()));

        archive().newest(request("app"));

        assertThat(archive().file(app)).hasSameBinaryContentAs(mirror.directory.resolve(app.path()));
    }

    @Test
    void anArchiveThatIsDownIsAnEngineThatIsNotThere() {
        var down = new Source(
                URI.create("http://127.0.0.1:1/debian/"), "stable", List.of("main"), List.of(mirror.keyring), true);

        assertThatThrownBy(() -> archive(down, TestArchive.NOW).newest(request("app")))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.ENGINE))
                .hasMessageContaining("cannot be reached");
    }

    private DebianArchive archive() {
        return archive(mirror.source(), TestArchive.NOW);
    }

    private DebianArchive archive(Source source, Instant now) {
        return new DebianArchive(
                new AptSources(List.of(source), List.of()),
                "amd64",
                cache(),
                Clock.fixed(now, ZoneOffset.UTC),
                line -> {});
    }

    private Path cache() {
        return temporary.resolve("cache");
    }

    private static Request request(String... names) {
        return new Request(List.of(names), Map.of());
    }

    private static List<String> names(Resolution resolution) {
        return resolution.packages().stream().map(LockedPackage::name).toList();
    }

    private static void damage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void assertBlocked(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED))
                .hasMessageContaining(why);
    }
}
