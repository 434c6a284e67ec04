package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage.Skipped;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SkippedTest {
    @Test
    void manyOfOneKindDoNotHideTheOnlyOneOfAnother() throws IOException {
        var skipped = new ArrayList<Skipped>();
        for (int i = 0; i < 40; i++) {
            skipped.add(new Skipped("link%02d".formatted(i), "a link"));
        }
        skipped.add(new Skipped("Broken.class", "it is no class"));

        var table = Samples.written(ReportFormat.TABLE, Samples.without(skipped));

        assertThat(table.lines().filter(line -> line.contains("skipped ")).map(String::strip))
                .startsWith("skipped link00: a link", "skipped Broken.class: it is no class", "skipped link01: a link");
        assertThat(table).contains("41 skipped", "more (--format json lists them)");
    }
}
