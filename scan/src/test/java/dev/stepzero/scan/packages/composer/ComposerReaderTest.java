package dev.stepzero.scan.packages.composer;

import static dev.stepzero.scan.packages.SourceTree.dependencies;
import static dev.stepzero.scan.packages.SourceTree.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.SourceTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposerReaderTest {
    private static final String LOCK = """
            {
              "packages": [
                {
                  "name": "acme/Shop-Kit",
                  "version": "v2.1.0",
                  "require": {"php": ">=8.1", "ext-json": "*", "acme/base": "^1.0"},
                  "license": ["MIT", "Apache-2.0"]
                },
                {
                  "name": "acme/base",
                  "version": "1.4.2",
                  "require": {"Acme/shop-kit": "*"}
                }
              ],
              "packages-dev": [
                {
                  "name": "acme/tests",
                  "version": "dev-main",
                  "require": {"acme/base": "^1.0"}
                }
              ],
              "platform": {"php": ">=8.1"}
            }
            """;

    @TempDir
    Path root;

    private SourceTree tree;

    @BeforeEach
    void begin() {
        tree = new SourceTree(root);
    }

    @Test
    void theManifestTellsWhatIsDirect() {
        tree.with("composer.lock", LOCK).with("composer.json", """
                {"require": {"php": ">=8.1", "Acme/Base": "^1"}, "require-dev": {"acme/tests": "*"}}
                """);

        var found = tree.readBy(new ComposerReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:composer/acme/base@1.4.2 RUNTIME direct [composer.lock:10]",
                        "pkg:composer/acme/shop-kit@v2.1.0 RUNTIME [composer.lock:4]",
                        "pkg:composer/acme/tests@dev-main DEVELOPMENT direct [composer.lock:17]");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void withoutAManifestWhatNobodyElseAsksForIsDirect() {
        tree.with("composer.lock", LOCK);

        var found = tree.readBy(new ComposerReader());

        assertThat(found.components())
                .filteredOn(each -> each.direct())
                .extracting(each -> each.purl().name())
                .containsExactly("tests");
    }

    @Test
    void dependenciesAndLicencesAreKnown() {
        tree.with("composer.lock", LOCK);

        var found = tree.readBy(new ComposerReader());

        assertThat(dependencies(found))
                .containsExactly("acme/base -> acme/shop-kit", "acme/shop-kit -> acme/base", "acme/tests -> acme/base");
        assertThat(found.components())
                .anySatisfy(each -> assertThat(each.licenses()).containsExactly("MIT", "Apache-2.0"));
    }

    @Test
    void withoutALockfileTheReportSaysWhatIsMissing() {
        tree.with("a/composer.json", """
                {"require": {"php": "^8", "acme/base": "^1", "acme/kit": "2.1.0"},
                 "require-dev": {"acme/tests": "*"}}
                """).with("b/composer.json", "{\"require\": {\"php\": \"^8\"}}");

        var found = tree.readBy(new ComposerReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:composer/acme/base RUNTIME direct [a/composer.json:1]",
                        "pkg:composer/acme/kit@2.1.0 RUNTIME direct [a/composer.json:1]",
                        "pkg:composer/acme/tests DEVELOPMENT direct [a/composer.json:2]");
        assertThat(tree.skipped()).singleElement().asString().startsWith("a/composer.json: there is no composer.lock");
    }

    @Test
    void brokenAndStrangeLockfilesEndNothing() {
        tree.with("a/composer.lock", "{\"packages\": [")
                .with("b/composer.lock", "[1, 2]")
                .with("c/composer.lock", """
                        {"packages": [7, {"name": "x/"}, {"name": "noslash", "version": "1"}, {"name": "/y", "version": "1"},
                         {"name": "x/", "version": "1"}, {"name": "x/y", "version": "1", "require": 7, "license": "MIT"}]}
                        """)
                .with("d/composer.lock", "[".repeat(100_000));

        var found = tree.readBy(new ComposerReader());

        assertThat(written(found)).containsExactly("pkg:composer/x/y@1 RUNTIME direct [c/composer.lock:2]");
        assertThat(tree.problemPlaces())
                .hasSize(2)
                .anyMatch(each -> each.startsWith("a/"))
                .anyMatch(each -> each.startsWith("d/"));
    }
}
