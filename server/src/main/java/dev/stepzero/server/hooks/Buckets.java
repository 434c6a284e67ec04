package dev.stepzero.server.hooks;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Token buckets by key. The ten thousand that were used last are kept; one that is forgotten is full again. */
final class Buckets {
    private static final int MOST = 10_000;
    private static final double MILLIS = 1000;

    private final double most;
    private final double aSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    private record Bucket(double left, long at) {}

    Buckets(double most, double aSecond, Clock clock) {
        this.most = most;
        this.aSecond = aSecond;
        this.clock = clock;
    }

    /** Whether there is something to take. */
    synchronized boolean has(String key) {
        return left(key, clock.millis()) >= 1;
    }

    /** Takes one; false if there is none. */
    synchronized boolean take(String key) {
        var now = clock.millis();
        var left = left(key, now);
        buckets.put(key, new Bucket(left >= 1 ? left - 1 : left, now));
        return left >= 1;
    }

    private double left(String key, long now) {
        var bucket = buckets.get(key);
        // A clock that is set back fills nothing.
        return bucket == null
                ? most
                : Math.min(most, bucket.left() + Math.max(0, now - bucket.at()) / MILLIS * aSecond);
    }
}
