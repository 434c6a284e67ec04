package dev.stepzero.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final Pace pace = new Pace(3, 2, now::get);

    @Test
    void someRequestsMayComeAtOnceAndThenSoManyASecond() {
        for (var i = 0; i < 3; i++) {
            assertThat(pace.ask("ada")).isZero();
        }
        assertThat(pace.ask("ada")).isEqualTo(1);

        now.addAndGet(SECOND);

        assertThat(pace.ask("ada")).isZero();
        assertThat(pace.ask("ada")).isZero();
        assertThat(pace.ask("ada")).isEqualTo(1);
    }

    @Test
    void oneCallerKeepsNobodyElseWaiting() {
        for (var i = 0; i < 10; i++) {
            pace.ask("ada");
        }

        assertThat(pace.ask("ben")).isZero();
    }

    @Test
    void howeverManyCallersComeFewAreRemembered() {
        for (var i = 0; i < 20_000; i++) {
            pace.ask("caller " + i);
        }

        assertThat(pace.remembered()).isLessThanOrEqualTo(10_000);
    }
}
