package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads what a process writes and ends it at its limits. */
final class ProcessWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final SandboxCommand.Limits limits;
    private final Clock clock;
    private final Thread reader;
    private final AtomicBoolean flooded = new AtomicBoolean();

    ProcessWatch(Process process, SandboxCommand.Limits limits, StepOutput output, Clock clock) {
        this.process = process;
        this.limits = limits;
        this.clock = clock;
        this.reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), new CleanLines(output)));
    }

    SandboxResult.Ending untilEnd() throws InterruptedException {
        var deadline = clock.instant().plus(limits.timeout());
        var most = (long) limits.memoryMegabytes() << 20;
        while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (flooded.get()) {
                return killed(SandboxResult.Ending.OUTPUT_LIMIT);
            }
            if (clock.instant().isAfter(deadline)) {
                return killed(SandboxResult.Ending.TIMED_OUT);
            }
            if (ProcessTree.memory(process) > most) {
                return killed(SandboxResult.Ending.OUT_OF_MEMORY);
            }
        }
        // A child that kept the output open must not keep us waiting.
        reader.join(LAST_WORDS);
        return flooded.get() ? SandboxResult.Ending.OUTPUT_LIMIT : SandboxResult.Ending.EXITED;
    }

    private SandboxResult.Ending killed(SandboxResult.Ending why) throws InterruptedException {
        ProcessTree.kill(process);
        process.waitFor();
        reader.join(LAST_WORDS);
        return why;
    }

    private void read(InputStream in, CleanLines lines) {
        var buffer = new byte[8192];
        var left = limits.outputBytes();
        try {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (left >= n) {
                    lines.write(buffer, 0, n);
                } else if (flooded.compareAndSet(false, true)) {
                    lines.write(buffer, 0, (int) left);
                    left = 0;
                }
                left -= flooded.get() ? 0 : n;
            }
        } catch (IOException e) {
            // The process was killed and its output closed: what it wrote before has been taken.
            left = 0;
        }
        lines.finish();
    }

    /** Lets go of the output. While a survivor holds it open its reader waits for that one's end, in a virtual thread. */
    @Override
    public void close() {
        reader.interrupt();
    }
}
