package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stepzero's own sources and programs pass its own scan: faults for tests are kept where no scan looks. */
class SelfScanTest {
    @TempDir
    private Path home;

    @TempDir
    private Path program;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src",
                "rules/src",
                "rules/catalog",
                "rules/code",
                "store/src",
                "guard/src",
                "scan/src",
                "govern/src",
                "ship/src",
                "server/src",
                "cli/src",
                "examples/invoicer/src",
                "bench/scan",
                "bench/ship",
                "docs"
            })
    void ourOwnSourcesAreClean(String sources) {
        var report = scan(Path.of("..").resolve(sources));

        assertThat(report.path("findings")).isEmpty();
    }

    /** The modules that anybody outside talks to, followed as one program from the server's doors to files and commands. */
    @Test
    void whatOutsideGetsToInOurProgramsDoesNoHarm() throws IOException {
        for (var module : List.of("core", "store", "guard", "ship", "server", "cli")) {
            copy(Path.of("..", module, "src/main/java"), module, ".java");
            copy(Path.of("..", module, "target/classes"), module, ".class");
        }

        var report = scan(program, "--only", "code");

        assertThat(report.path("findings"))
                .allSatisfy(finding -> assertThat(finding.path("status").asString())
                        .as(finding.toPrettyString())
                        .isEqualTo("waived"));
        assertThat(report.path("summary").path("resources").asInt())
                .as("classes that were judged")
                .isGreaterThan(1_000);
    }

    private void copy(Path from, String module, String ending) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(ending)).toList()) {
                var target =
                        program.resolve(module).resolve(Path.of("..", module).relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private JsonNode scan(Path subject, String... more) {
        var out = new StringWriter();
        var environment = Map.of("STEPZERO_HOME", home.toString(), "LANG", "C.UTF-8");
        var terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), false, false, 100, environment);
        var words = new ArrayList<>(List.of("scan", subject.toString(), "--format", "json"));
        words.addAll(List.of(more));

        var status = Main.run(terminal, new Commands(terminal, Clock.systemUTC()), words.toArray(String[]::new));

        assertThat(status).as(out.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }
}
