package dev.stepzero.invoicer.settings;

/** Something the operator can mend; printed without a stack trace before the program ends. */
public final class UserError extends RuntimeException {
    /** What has to be mended; each kind ends the program with its own code. */
    public enum Kind {
        SETTINGS(2),
        SCHEMA(3),
        DATABASE(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Kind kind;

    public UserError(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static UserError settings(String message) {
        return new UserError(Kind.SETTINGS, message);
    }

    public int exitCode() {
        return kind.exitCode;
    }
}
