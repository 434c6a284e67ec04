package dev.stepzero.scan.shell;

import java.util.Locale;

/** How a shell quotes. */
public enum Dialect {
    /** A backslash takes the next character's meaning away: sh, bash, ash, zsh. */
    POSIX('\\'),
    /** A backslash is a part of a path: PowerShell and cmd. */
    WINDOWS('`');

    private final char escape;

    Dialect(char escape) {
        this.escape = escape;
    }

    char escape() {
        return escape;
    }

    /** The dialect of a shell's program, such as {@code /bin/bash} or {@code powershell.exe}. */
    public static Dialect of(String program) {
        var name = program.toLowerCase(Locale.ROOT);
        return name.contains("powershell") || name.contains("pwsh") || name.endsWith("cmd") || name.endsWith("cmd.exe")
                ? WINDOWS
                : POSIX;
    }
}
