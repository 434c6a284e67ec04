package dev.stepzero.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlownessTest {
    private final Slowness slowness = new Slowness();
    private long now = -5;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aHeadHasItsTimeInAllHoweverManyBytesCome() {
        for (var second = 0; second < 15; second++) {
            slowness.awaitHead(now);
            pass(Duration.ofSeconds(1));
        }
        assertThat(slowness.isTooMuch(now)).isFalse();

        slowness.awaitHead(now);
        pass(Duration.ofSeconds(1));

        assertThat(slowness.isTooMuch(now)).isTrue();
    }

    @Test
    void theNextRequestBeginsAnew() {
        slowness.awaitHead(now);
        pass(Duration.ofSeconds(14));
        slowness.reset();
        slowness.awaitHead(now);
        pass(Duration.ofSeconds(14));

        assertThat(slowness.isTooMuch(now)).isFalse();
    }

    @Test
    void aBodyThatDripsIsTooSlow() {
        for (var second = 0; second < 20; second++) {
            slowness.awaitBody(now);
            pass(Duration.ofSeconds(1));
            slowness.came(now, 1);
        }
        slowness.awaitBody(now);
        pass(Duration.ofSeconds(1));

        assertThat(slowness.isTooMuch(now)).isTrue();
    }

    @Test
    void aSlowBodyThatBringsEnoughGoesOnForHours() {
        for (var turn = 0; turn < 1_000; turn++) {
            slowness.awaitBody(now);
            pass(Duration.ofSeconds(19));
            assertThat(slowness.isTooMuch(now)).isFalse();
            slowness.came(now, 4096);
        }
    }

    @Test
    void workInBetweenIsNotTheClients() {
        slowness.awaitBody(now);
        pass(Duration.ofSeconds(1));
        slowness.came(now, 10);
        pass(Duration.ofMinutes(10));
        assertThat(slowness.isTooMuch(now)).isFalse();

        slowness.awaitBody(now);
        pass(Duration.ofSeconds(1));

        assertThat(slowness.isTooMuch(now)).isFalse();
    }

    @Test
    void whatNobodyReadHasToEndToo() {
        slowness.awaitRest(now);
        pass(Duration.ofSeconds(21));

        assertThat(slowness.isTooMuch(now)).isTrue();
    }
}
