package dev.stepzero.ship.containers;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The open ear at a container's output. */
public final class AttachedOutput implements AutoCloseable {
    private final String work;
    private final Calls calls;
    private final ResultCallback.Adapter<Frame> callback;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    AttachedOutput(String work, Calls calls, OutputSink sink) {
        this.work = work;
        this.calls = calls;
        this.callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                sink.take(frame.getPayload());
            }

            @Override
            public void onError(Throwable cause) {
                failure.compareAndSet(null, cause);
                super.onError(cause);
                ended.countDown();
            }

            @Override
            public void onComplete() {
                super.onComplete();
                ended.countDown();
            }
        };
    }

    ResultCallback.Adapter<Frame> callback() {
        return callback;
    }

    /**
     * Waits until the container has closed its output; false when it still has not after the time. The adapter's own
     * waiting is of no use here: it hangs up when its time is over, and what is written later would be lost.
     */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        boolean closed = ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
        var cause = failure.get();
        if (cause != null) {
            throw calls.failure(work, cause);
        }
        return closed;
    }

    /** Stops listening. */
    @Override
    public void close() {
        try {
            callback.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
