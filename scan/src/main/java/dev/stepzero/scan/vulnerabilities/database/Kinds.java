package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.scan.vulnerabilities.osv.Affected.Event.Kind;

/** The numbers by which segments tell kinds of events apart; they stay as they are while the format does. */
final class Kinds {
    private Kinds() {}

    static int code(Kind kind) {
        return switch (kind) {
            case INTRODUCED -> 0;
            case FIXED -> 1;
            case LAST_AFFECTED -> 2;
            case LIMIT -> 3;
        };
    }

    static Kind of(int code) {
        return switch (code) {
            case 0 -> Kind.INTRODUCED;
            case 1 -> Kind.FIXED;
            case 2 -> Kind.LAST_AFFECTED;
            case 3 -> Kind.LIMIT;
            default -> throw new IndexOutOfBoundsException("there is no such kind: " + code);
        };
    }
}
