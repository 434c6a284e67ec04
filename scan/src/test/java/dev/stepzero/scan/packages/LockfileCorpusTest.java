package dev.stepzero.scan.packages;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Manifests and lockfiles that other people wrote, where they are at hand: every package that osv-scalibr expects is
 * found, and no other.
 */
class LockfileCorpusTest {
    private static final Path CORPUS = Path.of("../../shared/corpora/packages/lockfiles.tar.gz");

    /** A format of the corpus, the name that its files have in a project, and the type of its package URLs. */
    private static final Map<String, Format> FORMATS = Map.ofEntries(
            entry("language/golang/gomod", new Format("go.mod", "golang")),
            entry("language/rust/cargolock", new Format("Cargo.lock", "cargo")),
            entry("language/ruby/gemfilelock", new Format("Gemfile.lock", "gem")),
            entry("language/php/composerlock", new Format("composer.lock", "composer")),
            entry("language/dotnet/packageslockjson", new Format("packages.lock.json", "nuget")),
            entry("language/dotnet/packagesconfig", new Format("packages.config", "nuget")),
            entry("language/dotnet/depsjson", new Format("app.deps.json", "nuget")),
            entry("language/dotnet/projectassetsjson", new Format("project.assets.json", "nuget")),
            entry("language/dotnet/nugetcpm", new Format("Directory.Packages.props", "nuget")),
            entry("language/dotnet/csproj", new Format("app.csproj", "nuget")));

    /** Files of which we tell something else on purpose, with what we tell. */
    private static final Map<String, Ours> DIFFERENT = Map.ofEntries(
            different(
                    "golang_gomod/replace-local.mod",
                    "a directory of the tree is no package of others",
                    "github.com/BurntSushi/toml@1.0.0"),
            different(
                    "golang_gomod/indirect-1.16.mod",
                    "the corpus lacks the go.sum that has the others; the standard library is used before 1.17 too",
                    "github.com/sirupsen/logrus@1.9.3",
                    "stdlib@1.16"),
            different(
                    "dotnet_depsjson/valid",
                    "the program itself is a project and no package",
                    "AWSSDK.Core@3.7.10.6",
                    "Microsoft.Extensions.DependencyInjection@6.0.0"),
            different(
                    "dotnet_depsjson/nopackagename",
                    "the program itself is a project and no package",
                    "AWSSDK.Core@3.7.10.6"),
            different("dotnet_csproj/noversion", "a package is there, in no known version", "LiteDB@"),
            different("dotnet_csproj/emptyversion", "a package is there, in no known version", "LiteDB@"),
            different("dotnet_nugetcpm/noversion", "a package is there, in no known version", "LiteDB@"),
            different("dotnet_nugetcpm/emptyversion", "a package is there, in no known version", "LiteDB@"));

    private record Format(String file, String type) {}

    /** @param packages each as {@code name@version} */
    private record Ours(String reason, Set<String> packages) {}

    private static Map.Entry<String, Ours> different(String file, String reason, String... packages) {
        return Map.entry("scalibr/language_" + file, new Ours(reason, Set.of(packages)));
    }

    static Stream<Arguments> cases() throws IOException {
        if (!Files.exists(CORPUS)) {
            return Stream.of(arguments("the corpus is not at hand", "", new byte[0], Set.of()));
        }
        var files = corpus();
        var manifest = new String(files.getOrDefault("manifest.jsonl", new byte[0]), StandardCharsets.UTF_8);
        return manifest.lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(each -> FORMATS.containsKey(each.path("format").asString()))
                .map(each -> arguments(
                        each.path("file").asString(),
                        each.path("format").asString(),
                        files.get(each.path("file").asString()),
                        expected(each)));
    }

    private static Map<String, byte[]> corpus() throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var file = new BufferedInputStream(Files.newInputStream(CORPUS));
                var tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && entry.getSize() < 1 << 20) {
                    files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), tar.readAllBytes());
                }
            }
        }
        return files;
    }

    private static Set<String> expected(JsonNode file) {
        var different = DIFFERENT.get(file.path("file").asString());
        if (different != null) {
            return different.packages();
        }
        var packages = new TreeSet<String>();
        for (var each : file.path("packages").values()) {
            packages.add(
                    each.path("name").asString() + "@" + each.path("version").asString(""));
        }
        return packages;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyPackageIsFoundAndNoneInvented(
            String file, String name, byte[] content, Set<String> expected, @TempDir Path tree) throws Exception {
        assumeThat(name).as(file).isNotEmpty();
        var format = FORMATS.get(name);
        Files.write(tree.resolve(format.file()), content);

        var found = inventory(tree);

        assertThat(found.components())
                .allSatisfy(each -> assertThat(each.purl().type()).isEqualTo(format.type()));
        assertThat(found.components()).extracting(LockfileCorpusTest::written).hasSameElementsAs(expected);
    }

    private static Inventory inventory(Path tree) throws InterruptedException {
        var intake = new Intake();
        var packages = new Inventory.Collector();
        for (var reader : ServiceLoader.load(ManifestReader.class)) {
            reader.read(TreeFiles.of(tree, intake), packages, intake);
        }
        return packages.inventory(Optional.empty());
    }

    /** As the corpus writes it: without the v of Go's versions. */
    private static String written(Component component) {
        var purl = component.purl();
        var go = purl.type().equals("golang") && purl.version().startsWith("v");
        return purl.displayName() + "@" + (go ? purl.version().substring(1) : purl.version());
    }
}
