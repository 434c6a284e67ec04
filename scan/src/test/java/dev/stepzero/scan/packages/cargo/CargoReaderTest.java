package dev.stepzero.scan.packages.cargo;

import static dev.stepzero.scan.packages.SourceTree.dependencies;
import static dev.stepzero.scan.packages.SourceTree.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.SourceTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CargoReaderTest {
    private static final String LOCK = """
            version = 4

            [[package]]
            name = "shop"
            version = "0.1.0"
            dependencies = [
             "log 0.4.20",
             "maybe",
             "quick",
            ]

            [[package]]
            name = "log"
            version = "0.3.9"
            source = "registry+https://github.com/rust-lang/crates.io-index"

            [[package]]
            name = "log"
            version = "0.4.20"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            checksum = "b5e6163cb8c49088c2c36f57875e58ccd8c87c7427f7fbd50ea6710b2f3f2e8f"
            dependencies = ["shared"]

            [[package]]
            name = "maybe"
            version = "1.0.0"
            source = "git+https://github.com/some/maybe?branch=main#0123abc"
            dependencies = ["log 0.3.9"]

            [[package]]
            name = "quick"
            version = "2.0.0"
            source = "registry+https://crates.example.com/index"
            dependencies = ["shared", "quick"]

            [[package]]
            name = "shared"
            version = "3.0.0"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            """;

    @TempDir
    Path root;

    private SourceTree tree;

    @BeforeEach
    void begin() {
        tree = new SourceTree(root);
    }

    @Test
    void theManifestTellsWhatIsDirectAndWhatForDevelopment() {
        tree.with("Cargo.lock", LOCK).with("Cargo.toml", """
                [workspace.dependencies]
                speedy = { package = "quick", version = "2" }
                [package]
                name = "shop"
                [dependencies]
                log = "0.4"
                maybe = { git = "https://github.com/some/maybe", optional = true }
                [target.'cfg(unix)'.dev-dependencies]
                speedy = { workspace = true }
                """);

        var found = tree.readBy(new CargoReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:cargo/log@0.3.9 OPTIONAL [Cargo.lock:13]",
                        "pkg:cargo/log@0.4.20 RUNTIME direct [Cargo.lock:18]",
                        "pkg:cargo/maybe@1.0.0?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fsome%2Fmaybe%3Fbranch%3Dmain%230123abc"
                                + " OPTIONAL direct [Cargo.lock:25]",
                        "pkg:cargo/quick@2.0.0?repository_url=https:%2F%2Fcrates.example.com%2Findex"
                                + " DEVELOPMENT direct [Cargo.lock:31]",
                        "pkg:cargo/shared@3.0.0 RUNTIME [Cargo.lock:37]");
        assertThat(tree.problemPlaces()).isEmpty();
    }

    @Test
    void theLockfileTellsWhoAsksForWhatInWhichVersion() {
        tree.with("Cargo.lock", LOCK);

        var found = tree.readBy(new CargoReader());

        assertThat(dependencies(found))
                .containsExactly(
                        "log -> shared",
                        "maybe -> log",
                        "quick -> quick",
                        "quick -> shared",
                        "shop -> log",
                        "shop -> maybe",
                        "shop -> quick");
        assertThat(found.components()).anySatisfy(each -> {
            assertThat(each.purl().version()).isEqualTo("0.4.20");
            assertThat(each.direct()).isTrue();
            assertThat(each.digest())
                    .hasValueSatisfying(digest -> assertThat(digest.hex()).startsWith("b5e6163c"));
        });
    }

    @Test
    void withoutALockfileTheReportSaysWhatIsMissing() {
        tree.with("lib/Cargo.toml", """
                        [package]
                        name = 'lib'
                        [dependencies]
                        log = '0.4'
                        exact = { package = 'pinned', version = '=1.2.3', optional = true }
                        near = { path = '../near' }
                        """).with("bare/Cargo.toml", "[package]\nname = 'bare'\n");

        var found = tree.readBy(new CargoReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:cargo/log RUNTIME direct [lib/Cargo.toml:4]",
                        "pkg:cargo/pinned@1.2.3 OPTIONAL direct [lib/Cargo.toml:5]");
        assertThat(tree.skipped()).singleElement().asString().startsWith("lib/Cargo.toml: there is no Cargo.lock");
    }

    @Test
    void brokenAndStrangeLockfilesEndNothing() {
        tree.with("a/Cargo.lock", "[[package]]\nname = \n")
                .with("b/Cargo.lock", "package = 3\n")
                .with("c/Cargo.lock", "[[package]]\nname = \"x\"\n[[package]]\nversion = \"1\"\n")
                .with(
                        "d/Cargo.lock",
                        "[[package]]\nname = \"y\"\nversion = \"1\"\nchecksum = \"short\"\ndependencies = 7\n");

        var found = tree.readBy(new CargoReader());

        assertThat(written(found)).containsExactly("pkg:cargo/y@1 RUNTIME direct [d/Cargo.lock:2]");
        assertThat(tree.problemPlaces()).containsExactly("a/Cargo.lock:2");
    }

    @Test
    void aCircleOfManyThousandPackagesIsWalkedOnce() {
        int size = 20_000;
        var text = new StringBuilder("[[package]]\nname = \"app\"\nversion = \"1\"\ndependencies = [\"p0\"]\n");
        for (int i = 0; i < size; i++) {
            text.append(
                    "[[package]]\nname = \"p%d\"\nversion = \"1\"\nsource = \"registry+x\"\ndependencies = [\"p%d\"]\n"
                            .formatted(i, (i + 1) % size));
        }
        tree.with("Cargo.lock", text.toString()).with("Cargo.toml", """
                [package]
                name = "app"
                [dev-dependencies]
                p0 = "1"
                """);

        var found = tree.readBy(new CargoReader());

        assertThat(found.components())
                .hasSize(size)
                .allSatisfy(each -> assertThat(each.scope()).hasToString("DEVELOPMENT"));
    }
}
