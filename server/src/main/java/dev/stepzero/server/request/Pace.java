package dev.stepzero.server.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each caller may ask: some requests at once, and then so many a second. The ten thousand callers that asked
 * last are remembered, each in a few bytes; one that is forgotten may ask as if for the first time.
 */
public final class Pace {
    private static final int CALLERS = 10_000;
    private static final double SECOND = 1e9;

    private final double atOnce;
    private final double aSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Credit> credits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Credit> eldest) {
            return size() > CALLERS;
        }
    };

    /** What a caller had left at a time. */
    private record Credit(double left, long at) {}

    /** @param nanoTime nanoseconds since whenever; going back gives nobody anything */
    public Pace(double atOnce, double aSecond, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.aSecond = aSecond;
        this.nanoTime = nanoTime;
    }

    synchronized int remembered() {
        return credits.size();
    }

    /** Whether a caller may ask now, which it does not count as asking. */
    public synchronized boolean mayAsk(String caller) {
        return left(caller, nanoTime.getAsLong()) >= 1;
    }

    /** Takes a request into account; answers after how many seconds it may come again, or 0 if it may go on. */
    public synchronized long ask(String caller) {
        var now = nanoTime.getAsLong();
        var left = left(caller, now);
        var goesOn = left >= 1;
        credits.put(caller, new Credit(goesOn ? left - 1 : left, now));
        return goesOn ? 0 : Math.max(1, (long) Math.ceil((1 - left) / aSecond));
    }

    private double left(String caller, long now) {
        var before = credits.get(caller);
        return before == null
                ? atOnce
                : Math.min(atOnce, before.left() + Math.max(0, now - before.at()) / SECOND * aSecond);
    }
}
