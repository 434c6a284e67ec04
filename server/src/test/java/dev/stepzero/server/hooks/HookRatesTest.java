package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HookRatesTest {
    private Instant now = Instant.parse("2026-11-21T20:00:00Z");
    private final HookRates rates = new HookRates(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Visitor visitor(String address, String project) {
        return new Visitor(InetAddress.ofLiteral(address), address, project);
    }

    @Test
    void aForgeThatFloodsIsSlowedDownAndNoOtherProjectWithIt() {
        var flood = visitor("192.0.2.1", "shop");
        var taken = IntStream.range(0, 5_000).filter(i -> rates.believed(flood)).count();

        assertThat(taken).isEqualTo(2_000);
        assertThat(rates.believed(visitor("192.0.2.1", "till"))).isTrue();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(IntStream.range(0, 5_000).filter(i -> rates.believed(flood)).count())
                .isEqualTo(500);
    }

    @Test
    void whoIsRefusedTooOftenIsHeardAgainLaterAndOthersAllTheTime() {
        var guesser = visitor("198.51.100.7", "shop");
        IntStream.range(0, 100).forEach(i -> rates.refused(guesser));

        assertThat(rates.mayTry(guesser)).isFalse();
        assertThat(rates.mayTry(visitor("198.51.100.8", "shop"))).isTrue();
        now = now.plus(HookRates.RETRY);
        assertThat(rates.mayTry(guesser)).isTrue();
    }

    @Test
    void aClockThatIsSetBackLetsNobodyInEarlier() {
        var guesser = visitor("198.51.100.7", "shop");
        IntStream.range(0, 100).forEach(i -> rates.refused(guesser));

        now = now.minus(Duration.ofHours(1));

        assertThat(rates.mayTry(guesser)).isFalse();
    }
}
