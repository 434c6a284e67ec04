package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Stepzero's own sources pass its own scan, with nothing waived: faults for tests are kept where no scan looks. */
class SelfScanTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src",
                "rules/src",
                "rules/catalog",
                "store/src",
                "guard/src",
                "scan/src",
                "govern/src",
                "ship/src",
                "cli/src",
                "examples/invoicer/src",
                "bench/scan",
                "bench/ship",
                "docs"
            })
    void ourOwnSourcesAreClean(String sources) {
        var out = new StringWriter();
        var environment = Map.of("STEPZERO_HOME", home.toString(), "LANG", "C.UTF-8");
        var terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), false, false, 100, environment);

        var path = Path.of("..").resolve(sources).toString();
        var status = Main.run(terminal, new Commands(terminal, Clock.systemUTC()), "scan", path, "--format", "json");

        assertThat(JsonMapper.shared().readTree(out.toString()).path("findings"))
                .isEmpty();
        assertThat(status).isZero();
    }
}
