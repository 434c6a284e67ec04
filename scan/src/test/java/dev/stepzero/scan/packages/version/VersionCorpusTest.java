package dev.stepzero.scan.packages.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons that other projects hold their own implementations to, where they are at hand. */
class VersionCorpusTest {
    private static final Path CORPUS = Path.of("../../shared/corpora/packages/versions");

    /** What apk-tools takes as a version; the corpus also has what it refuses, to see what a comparison would say. */
    private static final Pattern APK = Pattern.compile(
            "[0-9]+(\\.[0-9]+)*([a-z][0-9]*)?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*(~[0-9a-f]+)?(-r[0-9]*)?");

    /** Comparisons of the corpus that do not hold here, each with the reason. */
    private static final Map<String, Set<String>> DIFFERENT = Map.of(
            // Grype turns ".alpha" and ".beta" into "-alpha" and "-beta" wherever they are; node-semver knows no such
            // version, and with us only the first dot stands for the hyphen.
            "semver",
            Set.of("1.0.0.alpha.beta = 1.0.0-alpha-beta", "1.0.0.rc.alpha = 1.0.0-rc-alpha"),
            // Grype leaves the epoch out where only one version has it, and lets 5.el8 stand for 5.el8.0.0. To rpm a
            // missing epoch is zero, and the release counts.
            "rpm",
            Set.of(
                    "1:0 < 1",
                    "1.0 >= 2:1.0",
                    "2:4.19.01-1.el7_5 <= 4.19.1-1.el7_5",
                    "4.19.01-1.el7_5 >= 2:4.19.1-1.el7_5",
                    "4.19.0-1.el7_5 >= 12:4.19.0-1.el7",
                    "4.19.0-1.el7_5 > 12:4.19.0-1.el7",
                    "3:4.19.0-1.el7_5 < 4.21.0-1.el7",
                    "8.3.1-5.el8 >= 0:8.3.1-5.el8.0.0",
                    "8.3.1-5.el8.0.0 <= 0:8.3.1-5.el8"),
            // Grype takes the platform off, as our reader of Gemfile.lock does; to RubyGems itself it is a pre-release.
            "gem",
            Set.of(
                    "1.2.0-x86-linux = 1.2.0",
                    "1.2.0-x86_64-linux = 1.2.0",
                    "1.2.0-x86_64-linux < 1.2.1",
                    "1.19.3-aarch64-linux-gnu = 1.19.3",
                    "1.19.3-aarch64-linux-gnu >= 1.19.3",
                    "1.19.3-aarch64-linux-musl = 1.19.3",
                    "1.19.3-aarch64-linux-musl >= 1.19.3"));

    private record Comparison(String a, String op, String b) {
        boolean holds(VersionScheme scheme) throws InvalidVersion {
            int order = scheme.compare(a, b);
            return switch (op) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                default -> throw new AssertionError("unknown operator " + op);
            };
        }

        @Override
        public String toString() {
            return a + " " + op + " " + b;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "maven, MAVEN",
        "semver, SEMANTIC",
        "pep440, PYTHON",
        "deb, DEBIAN",
        "rpm, RPM",
        "apk, APK",
        "go, GO",
        "gem, RUBY",
        "nuget, NUGET",
        "composer, COMPOSER",
        "pub, PUB",
        "hackage, HACKAGE",
        "cran, CRAN",
        "bitnami, BITNAMI",
    })
    void everyComparisonHolds(String file, VersionSchemes scheme) throws Exception {
        var different = DIFFERENT.getOrDefault(file, Set.of());

        var comparisons = read(file);

        assertThat(comparisons).hasSizeGreaterThan(10);
        assertThat(comparisons)
                .filteredOn(each -> !different.contains(each.toString()) && !refused(scheme, each))
                .allMatch(each -> holds(each, scheme));
    }

    /** Grype's own wish is that Chainguard's rebuilds ({@code +cgr.1}) count as the version itself; PEP 440 differs. */
    @Test
    void pep440IsFollowedWhereGrypeIsNot() throws Exception {
        assertThat(read("disputed-pep440"))
                .filteredOn(each -> !holds(each, VersionSchemes.PYTHON))
                .extracting(Comparison::toString)
                .containsExactlyInAnyOrder("2.0.0+cgr.1 = 2.0.0", "6.4+cgr.1 <= 6.4.0");
    }

    /** Others disagree with Maven here; we agree with Maven, which decides what an application gets. */
    @Test
    void mavenItselfIsFollowedWhereOthersAreNot() throws Exception {
        assertThat(read("disputed-maven")).noneMatch(each -> holds(each, VersionSchemes.MAVEN));
    }

    private static boolean refused(VersionSchemes scheme, Comparison comparison) {
        return switch (scheme) {
            case APK ->
                List.of(comparison.a, comparison.b).stream()
                        .anyMatch(each -> !APK.matcher(each).matches());
            // Composer refuses a hash, and what PHP makes of it has no order: 1.2.3.# is 1.2.3 and 1.2.3.1 at a time.
            case COMPOSER -> comparison.a.contains("#") || comparison.b.contains("#");
            default -> false;
        };
    }

    private static boolean holds(Comparison comparison, VersionScheme scheme) {
        try {
            return comparison.holds(scheme);
        } catch (InvalidVersion e) {
            return false;
        }
    }

    private static List<Comparison> read(String name) throws IOException {
        var file = CORPUS.resolve(name + ".jsonl.gz");
        assumeThat(file).exists();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .map(each -> new Comparison(
                            each.path("a").asString(),
                            each.path("op").asString(),
                            each.path("b").asString()))
                    .toList();
        }
    }
}
