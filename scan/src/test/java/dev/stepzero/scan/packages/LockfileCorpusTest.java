package dev.stepzero.scan.packages;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stepzero.scan.packages.maven.MavenReader;
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
            entry("language/dotnet/csproj", new Format("app.csproj", "nuget")),
            entry("language/java/gradlelockfile", new Format("gradle.lockfile", "maven")),
            entry(
                    "language/java/gradleverificationmetadataxml",
                    new Format("gradle/verification-metadata.xml", "maven")),
            entry("language/java/gradleversioncatalog", new Format("gradle/libs.versions.toml", "maven")),
            entry("language/java/pomxml", new Format("pom.xml", "maven")),
            entry("language/javascript/bunlock", new Format("bun.lock", "npm")),
            entry("language/javascript/packagelockjson", new Format("package-lock.json", "npm")),
            entry("language/javascript/pnpmlock", new Format("pnpm-lock.yaml", "npm")),
            entry("language/javascript/yarnlock", new Format("yarn.lock", "npm")),
            entry("language/python/pdmlock", new Format("pdm.lock", "pypi")),
            entry("language/python/pipfilelock", new Format("Pipfile.lock", "pypi")),
            entry("language/python/poetrylock", new Format("poetry.lock", "pypi")),
            entry("language/python/pylock", new Format("pylock.toml", "pypi")),
            entry("language/python/pyprojecttoml", new Format("pyproject.toml", "pypi")),
            entry("language/python/requirements", new Format("requirements.txt", "pypi")),
            entry("language/python/uvlock", new Format("uv.lock", "pypi")));

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
            different("dotnet_nugetcpm/emptyversion", "a package is there, in no known version", "LiteDB@"),
            different(
                    "java_gradleverificationmetadataxml/missing-attribute.xml",
                    "what has no group or no name is a finding",
                    "org.apache.pdfbox:pdfbox@"),
            different(
                    "java_gradleverificationmetadataxml/odd-versions.xml",
                    "the corpus names twenty of them only",
                    "com.google:google@1",
                    "com.almworks.sqlite4java:sqlite4java@0.282",
                    "com.google.errorprone:javac@9+181-r4173-1",
                    "com.android.tools.build:aapt2@8.3.0-10880808",
                    "com.android.tools.build:aapt2-proto@8.3.0-10880808",
                    "com.android.tools.build:transform-api@2.0.0-deprecated-use-gradle-api",
                    "com.android.tools.build.jetifier:jetifier-core@1.0.0-beta10",
                    "com.google.apis:google-api-services-androidpublisher@v3-rev20231115-2.0.0",
                    "com.google.devtools.ksp:symbol-processing@1.9.22-1.0.17",
                    "com.google.devtools.ksp:symbol-processing-api@1.9.22-1.0.17",
                    "com.google.devtools.ksp:symbol-processing-gradle-plugin@1.9.22-1.0.17",
                    "com.google.guava:guava@32.0.0-jre",
                    "com.google.guava:guava@32.1.3-jre",
                    "com.google.guava:listenablefuture@9999.0-empty-to-avoid-conflict-with-guava",
                    "com.google.testing.platform:core@0.0.9-alpha02",
                    "com.jakewharton.android.repackaged:dalvik-dx@9.0.0_r3",
                    "com.vaadin.external.google:android-json@0.0.20131108.vaadin1",
                    "de.mannodermaus.gradle.plugins:android-junit5@1.10.0.0",
                    "io.netty:netty-codec-http@4.1.93.Final",
                    "io.netty:netty-codec-http2@4.1.93.Final",
                    "javax.inject:javax.inject@1",
                    "junit:junit@4.13.2",
                    "org.apache:apache@13",
                    "org.jetbrains.intellij.deps:trove4j@1.0.20200330",
                    "org.json:json@20180813",
                    "org.tensorflow:tensorflow-lite-metadata@0.1.0-rc2",
                    "org.tukaani:xz@1.9",
                    "org.whitesource:pecoff4j@0.0.2.1"),
            different(
                    "java_pomxml/interpolation.xml",
                    "the lowest version of a range is a guess",
                    "org.mine:mypackage@1.0.0",
                    "org.mine:my.package@2.3.4",
                    "org.mine:ranged-package@"),
            different(
                    "java_pomxml/with-parent.xml",
                    "the parent with another dependency is not at hand",
                    "org.alice:alice@1.0.0",
                    "org.bob:bob@2.0.0",
                    "org.chuck:chuck@3.0.0",
                    "org.frank:frank@"),
            different("java_pomxml/multi-version.xml", "Maven 3.9.16 takes the last of two", "abc:example.com@1.1.1"),
            different(
                    "javascript_packagelockjson/both/package-lock.json",
                    "the shrinkwrap that it gives way to is not at hand",
                    "supports-color@5.5.0",
                    "wrappy@1.0.2"),
            different(
                    "javascript_yarnlock/exclude-root.v2.lock",
                    "a workspace is code of the project itself",
                    "ansi-regex@6.1.0"),
            different(
                    "python_pipfilelock/no-version.json",
                    "packages from git are there, in no known version",
                    "itsdangerous@",
                    "markupsafe@"),
            different(
                    "python_pyprojecttoml/simple_deps.toml",
                    "the lowest version allowed is a guess",
                    "requests@2.32.0",
                    "flask@",
                    "numpy@"),
            different(
                    "python_pyprojecttoml/optional_deps.toml",
                    "the lowest version allowed is a guess",
                    "requests@2.32.0",
                    "pytest@",
                    "black@23.1.0",
                    "aiohttp@"),
            different(
                    "python_pyprojecttoml/extras_syntax.toml",
                    "the lowest version allowed is a guess",
                    "flask@3.1.1",
                    "requests@"),
            different(
                    "python_pyprojecttoml/env_markers.toml",
                    "the lowest version allowed is a guess",
                    "requests@",
                    "importlib-metadata@6.0.0"),
            different(
                    "python_requirements/with_versions.txt",
                    "a bound of the versions allowed is a guess",
                    "nltk@3.2.2",
                    "tabulate@0.7.7",
                    "newspaper3k@",
                    "asdf@",
                    "qwerty@0.1",
                    "hy-phen@1.2",
                    "under-score@1.3",
                    "pkg-dot-name@5.0.0",
                    "combination-also-valid@",
                    "yolo@1.0",
                    "pkg@"),
            different(
                    "python_requirements/example.txt",
                    "bounds are guesses, wheels name what is in them, an included file is not at hand",
                    "pytest@",
                    "pytest-cov@",
                    "beautifulsoup4@",
                    "docopt@0.6.1",
                    "requests@",
                    "urllib3@",
                    "keyring@",
                    "coverage@",
                    "mopidy-dirble@",
                    "numpy@1.9.2",
                    "wxpython-phoenix@3.0.3.dev1820+49a8884"),
            different(
                    "python_requirements/env_var.txt",
                    "a package is there, though its version stands in a variable",
                    "asdf@1.2",
                    "qwert@",
                    "another@1.0"),
            different(
                    "python_requirements/per_req_options.txt",
                    "pip refuses a version with more words behind it",
                    "foo1@1.0",
                    "foo2@1.0",
                    "foo3@1.0",
                    "foo4@1.0",
                    "foo5@1.0",
                    "foo6@1.0",
                    "foo8@1.0",
                    "foo9@1.0",
                    "foo11@1.0",
                    "foo12@1.0",
                    "foo13@1.0",
                    "foo14@1.0",
                    "foo16-client@1.0",
                    "foo17-hash@1.0",
                    "foo18-client@1.0"),
            different(
                    "python_uvlock/grouped-packages.lock",
                    "the corpus names those of groups only",
                    "black@24.10.0",
                    "click@8.1.7",
                    "colorama@0.4.6",
                    "emoji@2.14.0",
                    "flake8@7.1.1",
                    "mccabe@0.7.0",
                    "mypy-extensions@1.0.0",
                    "packaging@24.2",
                    "pathspec@0.12.1",
                    "platformdirs@4.3.6",
                    "pycodestyle@2.12.1",
                    "pyflakes@3.2.0",
                    "tomli@2.2.1",
                    "typing-extensions@4.12.2"));

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
            packages.add(name(file, each) + "@" + each.path("version").asString(""));
        }
        return packages;
    }

    /** In the form that all of the ecosystem know it by. */
    private static String name(JsonNode file, JsonNode each) {
        var name = each.path("name").asString();
        var type = FORMATS.get(file.path("format").asString()).type();
        return type.equals("pypi") ? PackageUrl.of(type, "", name, "").name() : name;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyPackageIsFoundAndNoneInvented(
            String file, String name, byte[] content, Set<String> expected, @TempDir Path tree) throws Exception {
        assumeThat(name).as(file).isNotEmpty();
        var format = FORMATS.get(name);
        Files.createDirectories(tree.resolve(format.file()).getParent());
        Files.write(tree.resolve(format.file()), content);

        var found = inventory(tree);

        assertThat(found.components())
                .allSatisfy(each -> assertThat(each.purl().type()).isEqualTo(format.type()));
        assertThat(found.components()).extracting(LockfileCorpusTest::written).hasSameElementsAs(expected);
    }

    private static Inventory inventory(Path tree) throws InterruptedException {
        var intake = new Intake();
        var packages = new Inventory.Collector();
        for (var found : ServiceLoader.load(ManifestReader.class)) {
            var reader = found instanceof MavenReader ? new MavenReader(tree.resolve("no-repository")) : found;
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
