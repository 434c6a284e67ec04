package dev.stepzero.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user can mend: what happened, where, and what to do. It is printed without a stack trace and ends
 * the command with a documented exit status.
 *
 * <pre>{@code
 * throw UserError.unreadable("unknown key 'tst'").at("stepzero.yaml:3").fix("write 'test'");
 * }</pre>
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final @Nullable String where;
    private final @Nullable String fix;

    private UserError(
            ExitStatus status, String what, @Nullable String where, @Nullable String fix, @Nullable Throwable cause) {
        super(what, cause);
        this.status = status;
        this.where = where;
        this.fix = fix;
    }

    /** The input could not be read or makes no sense: exit status 3. */
    public static UserError unreadable(String what) {
        return new UserError(ExitStatus.UNREADABLE, what, null, null, null);
    }

    /** Something that Stepzero needs is not there or fails: exit status 4. */
    public static UserError engine(String what) {
        return new UserError(ExitStatus.ENGINE, what, null, null, null);
    }

    /** The change may not go on: exit status 1. */
    public static UserError blocked(String what) {
        return new UserError(ExitStatus.BLOCKED, what, null, null, null);
    }

    /** The command was called wrongly: exit status 2. */
    public static UserError usage(String what) {
        return new UserError(ExitStatus.USAGE, what, null, null, null);
    }

    /** The same error with its place: {@code file:line}, a URL or a resource's address. */
    public UserError at(String place) {
        return new UserError(status, what(), place, fix, getCause());
    }

    /** The same error with what the user should do next, as a sentence without a full stop. */
    public UserError fix(String advice) {
        return new UserError(status, what(), where, advice, getCause());
    }

    /** The same error with the exception that brought it to light. */
    public UserError because(Throwable cause) {
        return new UserError(status, what(), where, fix, cause);
    }

    public ExitStatus status() {
        return status;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public Optional<String> where() {
        return Optional.ofNullable(where);
    }

    public Optional<String> fix() {
        return Optional.ofNullable(fix);
    }
}
