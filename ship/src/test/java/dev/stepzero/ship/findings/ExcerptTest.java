package dev.stepzero.ship.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Location;
import dev.stepzero.ship.findings.Excerpt.Line;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void theLinesThatAreMeantStandAmongThoseAroundThem() {
        var excerpt = Excerpt.of(file(100), new Location("r", "a.tf", 10, 12)).orElseThrow();

        assertThat(excerpt.lines())
                .extracting(Line::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(5, 17).boxed().toList());
        assertThat(excerpt.lines().stream().filter(Line::meant))
                .extracting(Line::text)
                .containsExactly("line 10", "line 11", "line 12");
    }

    @Test
    void itIsBounded() {
        var wide = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThat(Excerpt.of(file(10_000), new Location("r", "a.tf", 1, Integer.MAX_VALUE))
                        .orElseThrow()
                        .lines())
                .hasSize(40);
        assertThat(Excerpt.of(wide, new Location("r", "a.tf", 1, 1))
                        .orElseThrow()
                        .lines()
                        .getFirst()
                        .text())
                .hasSize(301);
    }

    @Test
    void whatIsNoTextOrHasNoSuchLineHasNone() {
        assertThat(Excerpt.of(new byte[] {'a', 0, 'b'}, new Location("r", "a", 1, 1)))
                .isEmpty();
        assertThat(Excerpt.of(file(3), new Location("r", "a", 7, 7))).isEmpty();
        assertThat(Excerpt.of(file(3), Location.of("r"))).isEmpty();
    }

    private static byte[] file(int lines) {
        return IntStream.rangeClosed(1, lines)
                .mapToObj(line -> "line " + line)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
