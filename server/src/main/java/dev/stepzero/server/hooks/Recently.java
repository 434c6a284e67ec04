package dev.stepzero.server.hooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was noted in the last while; of very many, the latest. */
final class Recently {
    private static final int MOST = 10_000;

    private final Duration kept;
    private final Clock clock;
    private final Map<String, Instant> noted = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    Recently(Duration kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    synchronized void note(String key) {
        noted.put(key, clock.instant());
    }

    synchronized boolean knows(String key) {
        var at = noted.get(key);
        return at != null && at.plus(kept).isAfter(clock.instant());
    }
}
