package dev.stepzero.ship.image;

import static dev.stepzero.ship.image.PackageSets.Mode.COMPLETING;
import static dev.stepzero.ship.image.PackageSets.Mode.KEEPING;
import static dev.stepzero.ship.image.PackageSets.Mode.RENEWING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.debian.DebianArchive;
import dev.stepzero.ship.debian.LockedPackage;
import dev.stepzero.ship.debian.Request;
import dev.stepzero.ship.debian.Resolution;
import dev.stepzero.ship.debian.TestArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSetsTest {
    private static final Request REQUEST = new Request(List.of("app"), Map.of());
    private static final Instant NOW = TestArchive.NOW;
    private static final Instant TOMORROW = NOW.plus(Duration.ofHours(25));

    @TempDir
    Path temporary;

    TestArchive mirror;

    @BeforeEach
    void publishVersionOne() throws Exception {
        mirror = new TestArchive(temporary.resolve("mirror"));
        mirror.add("app", "1");
        mirror.publish();
    }

    @Test
    void theBuildsOfADayGetTheSamePackages() throws Exception {
        var first = sets(Optional.empty(), NOW, KEEPING).settle("java", REQUEST);
        publishVersionTwo();

        var second = sets(Optional.empty(), NOW.plusSeconds(3600), KEEPING).settle("java", REQUEST);

        assertThat(second.packages()).isEqualTo(first.packages());
        assertThat(second.settled()).isEqualTo(NOW);
    }

    @Test
    void theNextDayBringsNewerOnesAndSaysSo() throws Exception {
        sets(Optional.empty(), NOW, KEEPING).settle("java", REQUEST);
        publishVersionTwo();

        var later = sets(Optional.empty(), TOMORROW, KEEPING).settle("java", REQUEST);

        assertThat(later.packages()).extracting(LockedPackage::version).containsExactly("2");
        assertThat(later.notes()).containsExactly("package app moved from 1 to 2");
    }

    @Test
    void packagesThatDidNotChangeKeepTheirDate() throws Exception {
        sets(Optional.empty(), NOW, KEEPING).settle("java", REQUEST);

        var later = sets(Optional.empty(), TOMORROW, KEEPING).settle("java", REQUEST);

        assertThat(later.settled()).isEqualTo(NOW);
    }

    @Test
    void withoutAnArchiveTheKnownOnesAreUsedAndItSaysSo() throws Exception {
        sets(Optional.empty(), NOW, KEEPING).settle("java", REQUEST);
        Files.delete(temporary.resolve("mirror/dists/stable/InRelease"));

        var later = sets(Optional.empty(), TOMORROW, KEEPING).settle("java", REQUEST);

        assertThat(later.packages()).extracting(LockedPackage::version).containsExactly("1");
        assertThat(later.notes()).singleElement().asString().startsWith("looking for newer packages failed");
    }

    @Test
    void theProjectsLockIsLawUntilItIsRenewed() throws Exception {
        var lock = Optional.of(temporary.resolve("stepzero.lock"));
        sets(lock, NOW, RENEWING).settle("java", REQUEST);
        publishVersionTwo();

        var locked = sets(lock, TOMORROW, KEEPING).settle("java", REQUEST);
        var renewed = sets(lock, TOMORROW, RENEWING).settle("java", REQUEST);

        assertThat(version(locked)).isEqualTo("1");
        assertThat(version(renewed)).isEqualTo("2");
        assertThat(version(sets(lock, TOMORROW, KEEPING).settle("java", REQUEST)))
                .isEqualTo("2");
    }

    @Test
    void aLockThatIsForAnotherRequestIsNoLongerLawAndItSaysSo() throws Exception {
        var lock = Optional.of(temporary.resolve("stepzero.lock"));
        sets(lock, NOW, RENEWING).settle("database", REQUEST);

        var settled = sets(lock, NOW, KEEPING).settle("java", REQUEST);

        assertThat(settled.notes()).singleElement().asString().contains("does not lock the packages of the java image");
    }

    @Test
    void aLockThatIsCompletedGetsTheNewestOfWhatItLacks() throws Exception {
        var lock = Optional.of(temporary.resolve("stepzero.lock"));
        sets(Optional.empty(), NOW, KEEPING).settle("database", REQUEST);
        sets(lock, NOW, RENEWING).settle("java", REQUEST);
        publishVersionTwo();

        var locked = sets(lock, NOW, COMPLETING).settle("java", REQUEST);
        var added = sets(lock, NOW, COMPLETING).settle("database", REQUEST);

        assertThat(version(locked)).isEqualTo("1");
        assertThat(version(added)).isEqualTo("2");
        assertThat(version(sets(lock, TOMORROW, KEEPING).settle("database", REQUEST)))
                .isEqualTo("2");
    }

    private void publishVersionTwo() throws Exception {
        mirror.add("app", "2");
        mirror.publish();
    }

    private static String version(Resolution resolution) {
        return resolution.packages().getFirst().version();
    }

    private PackageSets sets(Optional<Path> lock, Instant now, PackageSets.Mode mode) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var archive = new DebianArchive(
                new AptSources(List.of(mirror.source()), List.of()),
                "amd64",
                temporary.resolve("cache"),
                clock,
                line -> {});
        return new PackageSets(archive, lock, temporary.resolve("locks"), clock, mode);
    }
}
