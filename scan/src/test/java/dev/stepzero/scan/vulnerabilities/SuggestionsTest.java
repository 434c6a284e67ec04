package dev.stepzero.scan.vulnerabilities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.vulnerabilities.database.Exploitation;
import dev.stepzero.scan.vulnerabilities.match.Rating;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edits that would mend vulnerable packages. */
class SuggestionsTest {
    @TempDir
    private Path tree;

    private static Vulnerable vulnerable(String purl, String path, int line, String fixed) {
        return new Vulnerable(
                Component.of(PackageUrl.parse(purl), Scope.RUNTIME, true, Place.of(path, line)),
                "A-" + fixed,
                List.of(),
                "",
                new Rating(dev.stepzero.core.Severity.HIGH, "because"),
                Exploitation.NONE,
                "",
                Optional.of(fixed),
                List.of(),
                List.of());
    }

    private List<Suggestion> suggestions(Vulnerable... vulnerable) {
        return new Suggestions(TreeFiles.of(tree, new Intake())).of(List.of(vulnerable));
    }

    @Test
    void aLiteralVersionIsReplacedByTheOneThatMendsAll() {
        Osv.file(tree.resolve("requirements.txt"), "flask==2.0\ndjango==3.2.1  # old\n");

        var edits = suggestions(
                vulnerable("pkg:pypi/django@3.2.1", "requirements.txt", 2, "3.2.9"),
                vulnerable("pkg:pypi/django@3.2.1", "requirements.txt", 2, "3.2.10"),
                vulnerable("pkg:pypi/django@3.2.1", "requirements.txt", 2, "3.2.2"));

        assertThat(edits)
                .containsExactly(
                        new Suggestion("requirements.txt", 2, "django==3.2.1  # old", "django==3.2.10  # old"));
    }

    @Test
    void aMavenPropertyIsChangedWhereItIsDefined() {
        Osv.file(tree.resolve("pom.xml"), """
                <project>
                  <properties><thing.version>1.2</thing.version></properties>
                </project>
                """);
        Osv.file(tree.resolve("module/pom.xml"), """
                <project>
                  <dependency>
                    <groupId>g</groupId>
                    <artifactId>thing</artifactId>
                    <version>${thing.version}</version>
                  </dependency>
                </project>
                """);

        assertThat(suggestions(vulnerable("pkg:maven/g/thing@1.2", "module/pom.xml", 2, "1.2.1")))
                .containsExactly(new Suggestion(
                        "pom.xml",
                        2,
                        "  <properties><thing.version>1.2</thing.version></properties>",
                        "  <properties><thing.version>1.2.1</thing.version></properties>"));
    }

    @Test
    void aDependencyOfAPomIsEditedInItsOwnLines() {
        Osv.file(tree.resolve("pom.xml"), """
                <dependency>
                  <artifactId>a</artifactId>
                </dependency>
                <dependency>
                  <version>1.2</version>
                </dependency>
                """);

        assertThat(suggestions(vulnerable("pkg:maven/g/a@1.2", "pom.xml", 1, "1.3")))
                .isEmpty();
        assertThat(suggestions(vulnerable("pkg:maven/g/b@1.2", "pom.xml", 4, "1.3")))
                .containsExactly(new Suggestion("pom.xml", 5, "  <version>1.2</version>", "  <version>1.3</version>"));
    }

    @Test
    void aVersionCatalogueIsChangedWhereTheVersionStands() {
        Osv.file(tree.resolve("libs.versions.toml"), """
                [versions]
                thing = "1.2"
                [libraries]
                thing = { module = "g:thing", version.ref = "thing" }
                """);

        assertThat(suggestions(vulnerable("pkg:maven/g/thing@1.2", "libs.versions.toml", 4, "1.3")))
                .containsExactly(new Suggestion("libs.versions.toml", 2, "thing = \"1.2\"", "thing = \"1.3\""));
    }

    @Test
    void goKeepsItsLetter() {
        Osv.file(tree.resolve("go.mod"), "require example.org/thing v1.2.0\n");

        assertThat(suggestions(vulnerable("pkg:golang/example.org/thing@v1.2.0", "go.mod", 1, "1.2.3")))
                .extracting(Suggestion::after)
                .containsExactly("require example.org/thing v1.2.3");
    }

    @Test
    void aLockfileIsForItsPackageManager() {
        Osv.file(tree.resolve("package-lock.json"), "{}\n");

        assertThat(suggestions(vulnerable("pkg:npm/thing@1.2.0", "package-lock.json", 1, "1.2.3")))
                .containsExactly(new Suggestion("package-lock.json", 1, "", "npm install thing@1.2.3"));
    }

    @Test
    void aNameThatAShellWouldRunIsNotSuggested() {
        Osv.file(tree.resolve("package-lock.json"), "{}\n");

        assertThat(suggestions(vulnerable("pkg:npm/thing;rm%20-rf@1.2.0", "package-lock.json", 1, "1.2.3")))
                .isEmpty();
    }
}
