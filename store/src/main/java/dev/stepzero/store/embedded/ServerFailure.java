package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import java.util.List;

/** Reads out of what PostgreSQL wrote what the user can do about it. */
final class ServerFailure {
    private record Cause(String sign, String fix) {}

    private static final List<Cause> KNOWN = List.of(
            new Cause("No space left on device", "free disk space where the database lies"),
            new Cause("Disk quota exceeded", "free disk space or raise the quota where the database lies"),
            new Cause("error while loading shared libraries", "install the library that is named"),
            new Cause("Address already in use", "end the program that listens on the port"),
            new Cause("could not bind", "end the program that listens on the port"),
            new Cause("Permission denied", "let the user who runs stepzero own the directory and all in it"),
            new Cause("Read-only file system", "set STEPZERO_HOME to a place that can be written to"),
            new Cause("could not map anonymous shared memory", "free memory: PostgreSQL needs about 100 MB"),
            new Cause("Cannot allocate memory", "free memory: PostgreSQL needs about 100 MB"),
            new Cause("pre-existing shared memory block", "end the processes named postgres that still use it"));

    private ServerFailure() {}

    /** The error with the last lines that the server or initdb wrote. */
    static UserError of(String what, String output) {
        var fix = KNOWN.stream()
                .filter(cause -> output.contains(cause.sign()))
                .map(Cause::fix)
                .findFirst()
                .orElse("see the lines above; restore the directory from a backup if its data are broken");
        return UserError.engine(
                        output.isBlank()
                                ? what
                                : what + ":\n" + output.indent(2).stripTrailing())
                .fix(fix);
    }
}
