package dev.stepzero.scan.terraform;

import java.util.concurrent.atomic.AtomicLong;

/** What evaluating a whole tree may cost; all roots draw on it. Safe for use by several threads. */
final class Allowance {
    /** Room for what a small tree may expand to, in parts of values; one takes about a hundred bytes. */
    private static final long LEAST_PARTS = 3_000_000;

    private static final long LEAST_STEPS = 40_000_000;
    private static final int CHARACTERS_A_PART = 2;

    private final AtomicLong parts;
    private final AtomicLong steps;

    /** @param characters the size of the configuration: who writes more may also have more of it evaluated */
    Allowance(long characters) {
        this.parts = new AtomicLong(LEAST_PARTS + characters / CHARACTERS_A_PART);
        this.steps = new AtomicLong(LEAST_STEPS + characters * 2);
    }

    /** Whether that many more parts of values may be held. */
    boolean hold(long more) {
        return parts.addAndGet(-more) >= 0;
    }

    /** Whether that many more steps may be taken. */
    boolean step(long more) {
        return steps.addAndGet(-more) >= 0;
    }
}
