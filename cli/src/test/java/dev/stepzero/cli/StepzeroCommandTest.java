package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class StepzeroCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal =
            new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, Map.of());
    private final Commands commands = new Commands(terminal, Clock.systemUTC());

    @Test
    void everyCommandIsListedByItsOwnName() {
        assertThat(StepzeroCommand.whole(commands).getSubcommands())
                .hasSizeGreaterThan(20)
                .allSatisfy((name, command) -> assertThat(command.<Object>getCommand()
                                .getClass()
                                .getAnnotation(Command.class)
                                .name())
                        .isEqualTo(name));
    }

    @Test
    void onlyTheCommandThatIsNamedIsMade() {
        var words = new String[] {"scan", "--help"};

        assertThat(StepzeroCommand.answering(words, commands).getSubcommands()).containsOnlyKeys("scan");
        assertThat(Main.run(terminal, commands, words)).isZero();
        assertThat(out.toString()).contains("stepzero scan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "generate-completion"})
    void whatTellsOfAllCommandsTellsOfAll(String word) {
        assertThat(Main.run(terminal, commands, word)).isZero();

        assertThat(out.toString()).contains("ship", "scan", "serve");
    }

    @Test
    void aMistypedCommandIsToldTheNearest() {
        assertThat(Main.run(terminal, commands, "rollbak")).isEqualTo(2);

        assertThat(err.toString()).contains("rollback");
    }
}
