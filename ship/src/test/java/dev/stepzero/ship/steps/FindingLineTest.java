package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run says of a finding. */
class FindingLineTest {
    private static String line(Location location) {
        return FindingLine.of(new Finding(
                "rule",
                List.of(),
                "title",
                Severity.HIGH,
                location,
                "it is so",
                "do that",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                "f"));
    }

    @Test
    void itNamesTheFileAndTheLineWhereverThereIsOne() {
        assertThat(line(new Location("secret:1234", "src/key.js", 3, 3)))
                .contains("secret:1234 in src/key.js:3: it is so");
        assertThat(line(new Location("server.js", "server.js", 5, 5))).contains("  server.js:5: it is so");
        assertThat(line(Location.of("image:/app/id"))).contains("  image:/app/id: it is so. To mend it: do that");
    }
}
