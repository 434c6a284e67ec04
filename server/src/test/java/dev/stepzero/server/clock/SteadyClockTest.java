package dev.stepzero.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Instant wall = NOON;
    private long nanos = 1_000;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void itSaysWhatTheMachineSays() {
        pass(Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(3)));
    }

    @Test
    void itFollowsForwards() {
        wall = wall.plus(Duration.ofDays(2));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofDays(2)));
    }

    @Test
    void whatHasEndedStaysSoWhenTheMachinesClockIsSetBack() {
        pass(Duration.ofHours(2));
        var ended = clock.instant();

        wall = wall.minus(Duration.ofDays(1));

        assertThat(clock.instant()).isEqualTo(ended);
        pass(Duration.ofMinutes(30));
        assertThat(clock.instant()).isEqualTo(ended.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aClockThatIsSetBackBetweenTwoLooksTakesNoTimeAway() {
        pass(Duration.ofMinutes(30));
        wall = wall.minus(Duration.ofHours(5));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void theMachinesClockCountsAgainOnceItCaughtUp() {
        wall = wall.minus(Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(NOON);

        wall = NOON.plusSeconds(40);

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(40));
    }

    @Test
    void itIsTheSameTimeElsewhere() {
        assertThat(clock.withZone(java.time.ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(NOON);
    }
}
