package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom this Java process runs as, and how a later one recognises that it is gone.
 *
 * @param user the numeric user
 * @param group the numeric group
 * @param process the process's number and the moment of its start, which together never come again
 */
record Invoker(int user, int group, String process) {

    static Invoker current() {
        try {
            var owner = Owner.of(
                    Path.of("/proc", Long.toString(ProcessHandle.current().pid())));
            return new Invoker(owner.user(), owner.group(), identity(ProcessHandle.current()));
        } catch (IOException | UnsupportedOperationException e) {
            throw UserError.engine("sandboxes need Linux with /proc")
                    .fix("run Stepzero on Linux")
                    .because(e);
        }
    }

    boolean root() {
        return user == 0;
    }

    /** Names a process, for whoever looks: it goes by the host's ticks, for the hour of its start moves with the clock. */
    static String identity(ProcessHandle process) {
        return process.pid() + "@"
                + ProcessMark.of(process.pid()).map(ProcessMark::startTicks).orElse(0L);
    }

    /** The living process of this identity; empty when it is gone or its number belongs to another one now. */
    static Optional<ProcessHandle> living(String identity) {
        try {
            long pid = Long.parseLong(identity, 0, Math.max(identity.indexOf('@'), 0), 10);
            return ProcessHandle.of(pid).filter(process -> identity(process).equals(identity));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
