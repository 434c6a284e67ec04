package dev.stepzero.scan.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a file holds, a reader takes what it can and ends. */
class HostileManifestTest {
    private static final List<String> FILES = List.of(
            "go.mod",
            "go.sum",
            "Cargo.lock",
            "Cargo.toml",
            "Gemfile",
            "Gemfile.lock",
            "composer.json",
            "composer.lock",
            "packages.lock.json",
            "project.assets.json",
            "app.deps.json",
            "packages.config",
            "Directory.Packages.props",
            "app.csproj",
            "pom.xml",
            "gradle.lockfile",
            "build.gradle.kts",
            "libs.versions.toml",
            "package.json",
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "bun.lock",
            "requirements.txt",
            "pyproject.toml",
            "poetry.lock",
            "Pipfile.lock");

    private static Path root = Path.of("");

    @BeforeContainer
    static void begin() throws IOException {
        root = Files.createTempDirectory("manifests");
    }

    @AfterContainer
    static void end() throws IOException {
        for (var file : FILES) {
            Files.deleteIfExists(root.resolve(file));
        }
        Files.delete(root);
    }

    /** Pieces of all formats, so that much of it nearly makes sense. */
    @Provide
    Arbitrary<String> content() {
        var piece = Arbitraries.of(
                "require (\n",
                "require a.org/b v1.0.0\n",
                "replace ",
                "a.org/b",
                " => ",
                "v1",
                ")\n",
                "go 1.16\n",
                "\"",
                "//",
                "[[package]]\n",
                "name = \"a\"\n",
                "version = \"1\"\n",
                "dependencies = [\"a\", \"b 1\"]\n",
                "[dependencies]\n",
                "GEM\n",
                "  specs:\n",
                "    a (1)\n",
                "      a\n",
                "DEPENDENCIES\n",
                "  a!\n",
                "(",
                "gem 'a'",
                "group :x do\n",
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"packages\"",
                "\"name\"",
                "\"a/b\"",
                "\"libraries\"",
                "\"a/1\"",
                "null",
                "7",
                "\"dependencies\"",
                "\"resolved\"",
                "<packages>",
                "<package id='a' version='1'/>",
                "<ItemGroup>",
                "</ItemGroup>",
                "<Project>",
                "<PackageReference Include='a' Version='$(a)'/>",
                "<PropertyGroup><a>$(b)</a><b>$(a)</b></PropertyGroup>",
                "<project>",
                "</project>",
                "<dependencies><dependency><groupId>a</groupId><artifactId>${a}</artifactId></dependency></dependencies>",
                "<parent><relativePath>.</relativePath></parent>",
                "a:b:1=c\n",
                "implementation(\"a:b:1\")",
                "\"node_modules/a\": { \"version\": \"1.0.0\" }",
                "\"a\": [\"a@1.0.0\", {}]",
                "__metadata:\n  version: 8\n",
                "packages:\n  /a@1.0.0(b@1.0.0):\n",
                "importers:\n  ..:\n",
                "a@^1.0.0:\n  version \"1.0.0\"\n",
                "a[b]==1.0 ; c\n",
                "-r requirements.txt\n",
                "\\\n",
                "    # via a\n",
                "[project]\n",
                "[[packages]]\n",
                "&x;",
                "<![CDATA[",
                "\n",
                " ",
                "\t",
                "\0",
                "é");
        return Arbitraries.oneOf(
                piece.list().ofMaxSize(25).map(parts -> String.join("", parts)), Arbitraries.strings());
    }

    @Property(tries = 150)
    void everyReaderEnds(@ForAll("content") String content, @ForAll("content") String other) throws Exception {
        for (var file : FILES) {
            Files.writeString(root.resolve(file), file.endsWith("n") || file.endsWith("k") ? content : other);
        }
        var intake = new Intake();
        var packages = new Inventory.Collector();

        for (var reader : ServiceLoader.load(ManifestReader.class)) {
            reader.read(TreeFiles.of(root, intake), packages, intake);
        }

        assertThat(packages.inventory(Optional.empty()).components())
                .allSatisfy(each ->
                        assertThat(PackageUrl.tryParse(each.purl().toString())).isPresent());
    }
}
