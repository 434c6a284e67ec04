package dev.stepzero.ship.affected;

/** What mends a vulnerable package of a release. */
public record Remedy(Kind kind, String text) {

    /** The kinds of remedies. */
    public enum Kind {
        /** The same commit on the newest base. */
        REBUILD,
        /** Another version of a dependency in the project's own files. */
        EDIT,
        /** A fix is published, and the archive that the base comes from does not have it yet. */
        WAIT,
        /** Nobody has published a fix. */
        NONE,
        /** A fix is published; whether the base can have it could not be found out. */
        UNKNOWN
    }
}
