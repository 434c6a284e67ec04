package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the reports of {@code stepzero scan} go, and how they look. */
class ScanReportsTest extends ScanSpecification {
    @Test
    void jsonIsAllThatStandardOutputHolds() {
        find("a-rule", Severity.CRITICAL, 1);

        var answer = scan("--format", "json");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("{\n  \"subject\": ")
                .endsWith("}\n")
                .contains("\"critical\": 1");
        assertThat(answer.err()).contains("1 critical finding blocks: a-rule");
        assertThat(scan("--format", "JSON", "--quiet").err()).isEmpty();
    }

    @Test
    void whatIsNoRegularFileIsWrittenIntoAndStaysWhatItIs() throws Exception {
        var file = Files.createFile(directory.resolve("real.json"));
        var link = Files.createSymbolicLink(directory.resolve("link.json"), file);

        scan("--output", link.toString());

        assertThat(link).isSymbolicLink();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void aReportGoesToAFileInTheFormatThatItsNamePromises() throws IOException {
        find("a-rule", Severity.LOW, 1);
        var file = directory.resolve("out.sarif");

        var answer = scan("--output", file.toString());

        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("1 open findings; the report is in " + file);
        assertThat(Files.readString(file)).contains("sarif-schema-2.1.0.json");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aReportThatCannotBeWrittenIsAnError() {
        var answer = scan("--output", directory.resolve("no/such/out.json").toString());

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.err()).contains("the report cannot be written", "to mend it: ");
    }

    @Test
    void coloursAreUsedOnATerminalOnlyAndNotAgainstTheUsersWill() {
        find("a-rule", Severity.HIGH, 1);
        var watched = Map.of("STEPZERO_OUT_COLUMNS", "80", "TERM", "xterm", "LANG", "C.UTF-8");
        var plain = new java.util.HashMap<>(watched);
        plain.put("NO_COLOR", "1");

        assertThat(scan().out()).doesNotContain("\u001b");
        environment = watched;
        assertThat(scan().out()).contains("\u001b[1;31m HIGH \u001b[0m");
        environment = plain;
        assertThat(scan().out()).doesNotContain("\u001b");
    }

    @Test
    void aLocaleOfAsciiGetsAsciiDrawings() {
        find("a-rule", Severity.HIGH, 1);
        environment = Map.of("LANG", "C");

        assertThat(scan().out()).isASCII();
    }
}
