package dev.stepzero.ship.containers;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.stepzero.core.UserError;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what can go wrong in a call to the engine into an error that says what was under way. */
record Calls(String engine) {

    <T> T make(String work, Supplier<T> call) throws InterruptedException {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw failure(work, e);
        }
    }

    /** Makes a call that answers nothing when the thing it is about is not there. */
    <T> Optional<T> find(String work, Supplier<T> call) throws InterruptedException {
        try {
            return Optional.of(call.get());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw failure(work, e);
        }
    }

    /** Makes a call after which something is so, whether it already was or has gone meanwhile. */
    void settle(String work, Runnable call) throws InterruptedException {
        try {
            call.run();
        } catch (NotFoundException | NotModifiedException e) {
            // What was asked for already holds.
        } catch (RuntimeException e) {
            throw failure(work, e);
        }
    }

    UserError failure(String work, Throwable cause) throws InterruptedException {
        if (Thread.interrupted() || interrupted(cause)) {
            throw new InterruptedException("interrupted while " + work);
        }
        if (cause instanceof UserError error) {
            return error;
        }
        return UserError.engine(engine + " failed while " + work + ": " + lastWords(cause))
                .fix("see that the engine runs and has room, then run the command again")
                .because(cause);
    }

    private static boolean interrupted(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof InterruptedException || each instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    static String lastWords(Throwable cause) {
        var deepest = cause;
        for (var each = cause.getCause(); each != null; each = each.getCause()) {
            deepest = each;
        }
        var message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message.strip();
    }
}
