package dev.stepzero.ship.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    @TempDir
    Path etc;

    @BeforeEach
    void makeDirectories() throws IOException {
        Files.createDirectories(etc.resolve("sources.list.d"));
        Files.createDirectories(etc.resolve("apt.conf.d"));
    }

    @Test
    void oneLineSourcesAreRead() throws Exception {
        Files.writeString(etc.resolve("sources.list"), """
                # a comment
                deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.test/debian trixie main contrib # more
                deb-src http://mirror.test/debian trixie main
                """);

        var sources = AptSources.read(etc, Map.of());

        assertThat(sources.sources())
                .containsExactly(new Source(
                        URI.create("http://mirror.test/debian/"),
                        "trixie",
                        List.of("main", "contrib"),
                        List.of(KEYRING),
                        true));
    }

    @Test
    void paragraphsAreReadForEverySuite() throws Exception {
        Files.writeString(etc.resolve("sources.list.d/debian.sources"), """
                Types: deb deb-src
                URIs: https://mirror.test/debian
                Suites: trixie trixie-updates
                Components: main
                Check-Valid-Until: no

                Types: deb
                URIs: https://mirror.test/old
                Suites: bookworm
                Components: main
                Enabled: no
                """);

        var sources = AptSources.read(etc, Map.of());

        assertThat(sources.sources()).extracting(Source::suite).containsExactly("trixie", "trixie-updates");
        assertThat(sources.sources()).noneMatch(Source::expires);
    }

    @Test
    void aVendorsRepositoryIsPassedOverWithANote() throws Exception {
        Files.writeString(
                etc.resolve("sources.list.d/vendor.list"),
                "deb [signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.test/apt stable main");

        var sources = AptSources.read(etc, Map.of());

        assertThat(sources.sources()).isEmpty();
        assertThat(sources.notes()).singleElement().asString().contains("https://vendor.test/apt are not used");
    }

    @Test
    void aMachineThatIsToldNotToCheckAgesSaysSo() throws Exception {
        Files.writeString(etc.resolve("apt.conf.d/99snapshot"), "Acquire::Check-Valid-Until \"false\";");
        Files.writeString(etc.resolve("sources.list"), "deb http://mirror.test/debian trixie main");

        var sources = AptSources.read(etc, Map.of());

        assertThat(sources.sources()).noneMatch(Source::expires);
        assertThat(sources.notes()).singleElement().asString().contains("99snapshot");
    }

    @Test
    void theVariableReplacesWhatAptSays() throws Exception {
        Files.writeString(etc.resolve("sources.list"), "deb http://mirror.test/debian trixie main");

        var sources = AptSources.read(
                etc,
                Map.of(AptSources.VARIABLE, "file:///mirror trixie main,contrib /keys/own.gpg; https://m sid main"));

        assertThat(sources.sources())
                .containsExactly(
                        new Source(
                                URI.create("file:///mirror/"),
                                "trixie",
                                List.of("main", "contrib"),
                                List.of(Path.of("/keys/own.gpg")),
                                true),
                        new Source(URI.create("https://m/"), "sid", List.of("main"), List.of(KEYRING), true));
    }

    @Test
    void aVariableThatMakesNoSenseIsExplained() {
        assertThatThrownBy(() -> AptSources.read(etc, Map.of(AptSources.VARIABLE, "trixie")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not name a Debian archive");
        assertThatThrownBy(() -> AptSources.read(etc, Map.of(AptSources.VARIABLE, "ftp://m sid main")))
                .isInstanceOf(UserError.class);
    }

    @Test
    void aMachineWithoutAptHasNoSources() {
        assertThat(AptSources.read(etc.resolve("none"), Map.of()).sources()).isEmpty();
    }
}
