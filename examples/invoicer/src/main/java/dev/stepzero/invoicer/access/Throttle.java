package dev.stepzero.invoicer.access;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed attempts by source. After too many the source has to wait, even with the right password: otherwise
 * guessing could go on unhindered.
 */
final class Throttle {
    static final int MOST_FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_SOURCES = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    private record Failures(int count, Instant until) {}

    Throttle(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean blocks(String source) {
        var known = failures.get(network(source));
        return known != null
                && known.count() >= MOST_FAILURES
                && clock.instant().isBefore(known.until());
    }

    synchronized void failed(String source) {
        var now = clock.instant();
        var network = network(source);
        var known = failures.remove(network);
        var count = known == null || !now.isBefore(known.until()) ? 1 : known.count() + 1;
        failures.put(network, new Failures(count, now.plus(WINDOW)));
    }

    synchronized void succeeded(String source) {
        failures.remove(network(source));
    }

    /** An IPv6 caller usually owns 2^64 addresses, so that the first half counts as one source. */
    private static String network(String source) {
        if (!source.contains(":")) {
            return source;
        }
        try {
            var bytes = InetAddress.ofLiteral(source).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
        } catch (IllegalArgumentException e) {
            return source;
        }
    }
}
