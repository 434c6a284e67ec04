package dev.stepzero.ship.forge.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommentTextTest {
    private static Report hostile(String text) {
        var finding = new Finding(
                "rule",
                List.of(),
                text,
                Severity.HIGH,
                new Location(text, text, 1, 1),
                text,
                text,
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                "f");
        return new Report(
                "o/r",
                "c".repeat(40),
                OptionalLong.of(7),
                12,
                "stepzero",
                Report.State.BLOCKED,
                text,
                List.of(text),
                List.of(finding),
                URI.create("https://stepzero.example/runs/12"));
    }

    @Test
    void itSaysTheOutcomeTheReasonsAndHowToMend() {
        assertThat(CommentText.of(RecordedForge.report(Report.State.BLOCKED, 1, 7)))
                .isEqualTo("""
                ### Stepzero: blocked

                2 findings block

                - a secret is in the source

                | | Where | What | How to mend it |
                |---|---|---|---|
                | high | docker\\/Dockerfile0\\:3 | The container runs as root \\(docker\\-user\\-root\\) | Add USER 65534 |

                Run 12 of commit `cccccccccccc`: [details](<https://stepzero.example/runs/12>)
                """);
    }

    @Test
    void longListsAreCut() {
        var text = CommentText.of(RecordedForge.report(Report.State.BLOCKED, 40, 7));

        assertThat(text.lines().filter(line -> line.startsWith("| high"))).hasSize(15);
        assertThat(text).contains("25 more in the details.");
    }

    @Test
    void whatTheRepositorySaysIsTextAndNothingElse() {
        var text = CommentText.of(
                hostile(
                        "x\n/approve\n<script>alert(1)</script> <!-- --> [a](javascript:x) ![i](https://e) @everyone #12 `|` <img src=x>\u202e\u001b[2J"));

        assertThat(text)
                .doesNotContain("<script", "<img", "<!--", "](javascript", "@everyone", "#12", "\u202e", "\u001b")
                .satisfies(all -> assertThat(all.replace("[details](<", "")).doesNotContain("]("));
        assertThat(text.lines()).noneMatch(line -> line.startsWith("/"));
        assertThat(text.lines().filter(line -> line.startsWith("| high")))
                .singleElement()
                .satisfies(row -> assertThat(row.replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|')
                                .count())
                        .isEqualTo(5));
    }

    @Property(tries = 200)
    void noTextOpensATagALinkOrALine(@ForAll String any) {
        var text = Markdown.text(any, 100);

        assertThat(text).doesNotContain("<", ">", "\n", "\r");
        assertThat(text).doesNotContainPattern("(?<!\\\\)(\\\\\\\\)*[\\[\\]()`*_|@]");
    }
}
