package dev.stepzero.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.runs.DeliveryMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class DeliveryBoardTest {
    private Instant now = Instant.now();
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private static String frequency(DeliveryBoard board, String project) {
        return board.of(Optional.of(project)).keys().getFirst().value();
    }

    @Test
    void whatIsComputedIsToldForHalfAMinute(Running server) {
        var board = new DeliveryBoard(server.part(DeliveryMetrics.class), clock);
        var sample = Sample.project(server, "metered");
        sample.deployment(sample.run("succeeded"), "replaced", 'k', 3);
        var first = frequency(board, "metered");
        sample.deployment(sample.run("succeeded"), "serving", 'l', 2);

        now = now.plus(Duration.ofSeconds(29));
        assertThat(frequency(board, "metered")).isEqualTo(first);
        now = now.plus(Duration.ofSeconds(1));

        assertThat(frequency(board, "metered")).isNotEqualTo(first);
    }

    @Test
    void aClockThatIsSetBackKeepsNothingLonger(Running server) {
        var board = new DeliveryBoard(server.part(DeliveryMetrics.class), clock);
        var sample = Sample.project(server, "rewound");
        var none = frequency(board, "rewound");
        sample.deployment(sample.run("succeeded"), "serving", 'b', 2);

        now = now.minus(Duration.ofHours(1));

        assertThat(frequency(board, "rewound")).isNotEqualTo(none);
    }

    @Test
    void eachProjectHasItsOwnAndAllHaveOneTogether(Running server) {
        var board = new DeliveryBoard(server.part(DeliveryMetrics.class), clock);
        var sample = Sample.project(server, "bustling");
        Sample.project(server, "dormant");
        sample.deployment(sample.run("succeeded"), "serving", 'm', 1);

        assertThat(frequency(board, "bustling")).isNotEqualTo(frequency(board, "dormant"));
        assertThat(board.of(Optional.empty()).keys()).hasSize(4);
    }
}
