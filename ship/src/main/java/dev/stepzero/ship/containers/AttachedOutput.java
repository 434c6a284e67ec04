package dev.stepzero.ship.containers;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The open ear at a container's output. */
public final class AttachedOutput implements AutoCloseable {
    private final String work;
    private final Calls calls;
    private final ResultCallback.Adapter<Frame> callback;

    AttachedOutput(String work, Calls calls, OutputSink sink) {
        this.work = work;
        this.calls = calls;
        this.callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                sink.take(frame.getPayload());
            }
        };
    }

    ResultCallback.Adapter<Frame> callback() {
        return callback;
    }

    /** Waits until the container has closed its output; false when it still has not after the time. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        try {
            return callback.awaitCompletion(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            throw calls.failure(work, e);
        }
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
