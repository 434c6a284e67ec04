package dev.stepzero.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A clock that is set forwards or back opens nothing that was shut, and shuts nobody out for good. */
@ExtendWith(TestDatabase.class)
class ClockJumpsTest {
    private static final Source HOME = new Source("192.0.2.1", "browser");
    private static final int FREE = 4;

    private final SetClock clock = new SetClock();
    private final SecureRandom random = new SecureRandom();

    private long somebody(Jdbi jdbi) {
        return new People(jdbi, clock)
                .add("jumper-" + UUID.randomUUID(), "", "")
                .id();
    }

    private Duration heldUp(Throttle throttle, String subject) {
        var wait = Duration.ZERO;
        for (var attempt = 0; attempt < 40 && wait.isZero(); attempt++) {
            wait = throttle.attempt(subject, FREE);
            if (!wait.isZero() && wait.compareTo(Duration.ofMinutes(10)) < 0) {
                clock.pass(wait);
                wait = Duration.ZERO;
            }
        }
        return wait;
    }

    @Test
    void aJumpForwardsEndsSessions(Jdbi jdbi) {
        var sessions = new Sessions(jdbi, clock, random);
        var secret = sessions.begin(somebody(jdbi), Set.of(Factor.PASSWORD), HOME);

        clock.pass(Sessions.IDLE.plusSeconds(1));

        assertThat(sessions.find(secret, HOME)).isEmpty();
    }

    @Test
    void aSessionFromTheFutureDoesNotCount(Jdbi jdbi) {
        var sessions = new Sessions(jdbi, clock, random);
        var secret = sessions.begin(somebody(jdbi), Set.of(Factor.PASSWORD), HOME);

        clock.pass(Duration.ofHours(-3));

        assertThat(sessions.find(secret, HOME)).isEmpty();
    }

    @Test
    void aSessionOfAServerWhoseClockIsALittleAheadCounts(Jdbi jdbi) {
        var sessions = new Sessions(jdbi, clock, random);
        var secret = sessions.begin(somebody(jdbi), Set.of(Factor.PASSWORD), HOME);

        clock.pass(Duration.ofSeconds(-30));

        assertThat(sessions.find(secret, HOME)).isPresent();
    }

    @Test
    void aJumpBackLetsNobodyTryEarlierAndNobodyWaitLonger(Jdbi jdbi) {
        var throttle = new Throttle(jdbi, clock);
        var subject = "jump " + UUID.randomUUID();
        assertThat(heldUp(throttle, subject)).isGreaterThan(Duration.ofMinutes(10));

        clock.pass(Duration.ofDays(-2));

        assertThat(throttle.attempt(subject, FREE)).isEqualTo(Duration.ofMinutes(15));
        clock.pass(Duration.ofMinutes(14));
        assertThat(throttle.attempt(subject, FREE)).isPositive();
        clock.pass(Duration.ofMinutes(1));
        assertThat(throttle.attempt(subject, FREE)).isZero();
        assertThat(throttle.attempt(subject, FREE)).isGreaterThan(Duration.ofMinutes(10));
    }

    @Test
    void aCodeThatWasUsedCountsNeverAgainWhereverTheClockGoes() {
        var totp = Totp.random(random);
        var used = clock.instant().getEpochSecond() / Totp.SECONDS;
        var code = totp.code(used);
        assertThat(totp.step(code, clock.instant(), 0)).isEqualTo(OptionalLong.of(used));

        clock.pass(Duration.ofMinutes(-1));
        clock.pass(Duration.ofMinutes(1));

        assertThat(totp.step(code, clock.instant(), used)).isEmpty();
        assertThat(totp.step(totp.code(used - 1), clock.instant(), used)).isEmpty();
    }
}
