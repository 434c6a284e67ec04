package dev.stepzero.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import java.io.IOException;
import java.nio.file.Files;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a tool writes for a URI, the finding stands at the file of the tree, or nowhere in it. */
class ResultPlacesTest extends SarifSpecification {

    private Finding at(String artifact, String... more) {
        var result = """
                {"ruleId": "r", "message": {"text": "x"}, "locations": [{"physicalLocation":
                  {"artifactLocation": %s, "region": {"startLine": 2, "endLine": 3}}}]}""".formatted(artifact);
        return only(run("T", "", result, more));
    }

    @ParameterizedTest
    @CsvSource({
        "src/a.py, src/a.py",
        "./src//a.py, src/a.py",
        "src/x/../a.py, src/a.py",
        "src/my%20file.py, src/my file.py",
        "src/my file.py, src/my file.py",
        "src/%C3%BC.py, src/ü.py",
        "src/100%.py, src/100%.py",
        "src/%FF.py, src/%FF.py",
        "src\\\\a.py, src/a.py",
        "/workspace/src/a.py, src/a.py",
        "file:///workspace/src/a.py, src/a.py",
        "file:/workspace/src/a.py, src/a.py",
        "file://host/workspace/src/a.py, src/a.py",
        "file:///home/runner/work/app/app/src/a.py, src/a.py",
        "C:\\\\agent\\\\_work\\\\1\\\\s\\\\src\\\\a.py, src/a.py",
        "file:///C:/agent/s/src/a.py, src/a.py",
        "not/there.py, not/there.py"
    })
    void aFileOfTheTreeIsNamedByItsPathThere(String uri, String path) {
        write("src/a.py", "1\n2\n3\n");

        assertThat(at("{\"uri\": \"%s\"}".formatted(uri)).location()).isEqualTo(new Location(path, path, 2, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd",
        "src/../../b.py",
        "%2e%2e/b.py",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.org/src/a.py",
        "pkg:npm/left-pad@1.0.0",
        "/opt/elsewhere/a.py"
    })
    void whatLiesOutsideIsNamedAsGivenAndNotRead(String uri) {
        write("src/a.py", "1\n2\n3\n");
        write("../b.py", "outside\noutside\noutside\n");

        assertThat(at("{\"uri\": \"%s\"}".formatted(uri)).location()).isEqualTo(new Location(uri, null, 2, 3));
    }

    @Test
    void aLinkThatLeadsOutsideIsNotRead() throws IOException {
        var outside = Files.writeString(directory.resolve("outside.py"), "a\nb\nc\n");
        write("src/a.py", "1\n2\n3\n");
        Files.createSymbolicLink(directory.resolve("tree/src/link.py"), outside);
        Files.createSymbolicLink(directory.resolve("tree/up"), directory);

        var before = at("{\"uri\": \"src/link.py\"}").fingerprint()
                + at("{\"uri\": \"up/outside.py\"}").fingerprint();
        Files.writeString(outside, "x\ny\nz\n");

        assertThat(at("{\"uri\": \"src/link.py\"}").fingerprint()
                        + at("{\"uri\": \"up/outside.py\"}").fingerprint())
                .isEqualTo(before);
    }

    @Test
    void basesAreFollowedAndMayLieInEachOther() {
        write("src/a.py", "1\n2\n3\n");
        var bases = """
                "originalUriBaseIds": {"SRCROOT": {"uri": "file:///build/7/"}, "CODE": {"uri": "src/", "uriBaseId": "SRCROOT"}},""";

        assertThat(at("{\"uri\": \"a.py\", \"uriBaseId\": \"CODE\"}", bases)
                        .location()
                        .file())
                .contains("src/a.py");
        assertThat(at("{\"uri\": \"src/a.py\", \"uriBaseId\": \"SRCROOT\"}", bases)
                        .location()
                        .file())
                .contains("src/a.py");
        assertThat(at("{\"uri\": \"file:///build/7/src/a.py\"}", bases)
                        .location()
                        .file())
                .contains("src/a.py");
        assertThat(at("{\"uri\": \"src/a.py\", \"uriBaseId\": \"UNKNOWN\"}", bases)
                        .location()
                        .file())
                .contains("src/a.py");
    }

    @Test
    void basesThatLieInThemselvesEnd() {
        var bases = """
                "originalUriBaseIds": {"A": {"uri": "x/", "uriBaseId": "B"}, "B": {"uri": "y/", "uriBaseId": "A"}},""";

        assertThat(at("{\"uri\": \"a.py\", \"uriBaseId\": \"A\"}", bases)
                        .location()
                        .file()
                        .orElse(""))
                .endsWith("x/a.py");
    }

    @Test
    void anArtifactIsFoundByItsIndex() {
        var artifacts = "\"artifacts\": [{\"location\": {\"uri\": \"src/a.py\"}}, {\"location\": {\"index\": 1}}],";

        assertThat(at("{\"index\": 0}", artifacts).location().file()).contains("src/a.py");
        assertThat(at("{\"index\": 1}", artifacts).location().file()).isEmpty();
        assertThat(at("{\"index\": 99}", artifacts).location().file()).isEmpty();
    }

    @Test
    void pathsOfTheWholeRepositoryFitATreeThatIsAPartOfIt() {
        prefix = "services/app/";
        write("src/a.py", "1\n2\n3\n");

        assertThat(at("{\"uri\": \"services/app/src/a.py\"}").location().file()).contains("src/a.py");
        assertThat(at("{\"uri\": \"src/a.py\"}").location().file()).contains("src/a.py");
    }

    @Test
    void aPlaceThatIsCountedInCharactersHasItsLine() {
        write("src/a.py", "one\ntwo\nthree\n");
        var result = """
                {"ruleId": "r", "message": {"text": "x"}, "locations": [{"physicalLocation":
                  {"artifactLocation": {"uri": "src/a.py"}, "region": {"charOffset": 5, "charLength": 1}}}]}""";

        assertThat(only(run("T", "", result)).location().startLine()).isEqualTo(2);
    }

    @Test
    void aResultWithoutAFileIsNamedByWhatItLiesIn() {
        var result = """
                {"ruleId": "r", "message": {"text": "x"},
                  "locations": [{"logicalLocations": [{"fullyQualifiedName": "app.Main.run"}]}]}""";

        assertThat(only(run("T", "", result)).location()).isEqualTo(Location.of("app.Main.run"));
        assertThat(only(run("T", "", "{\"message\": {\"text\": \"x\"}}")).location())
                .isEqualTo(Location.of("T"));
    }

    @Property(tries = 500)
    void noUriLeadsOutsideOfTheTree(@ForAll String uri) {
        var normal = FileUri.of(uri).flatMap(file -> FileUri.normal(file.path()));

        assertThat(normal.orElse("in"))
                .doesNotStartWith("/")
                .doesNotStartWith("../")
                .doesNotContain("/../", "\0");
    }
}
