package dev.stepzero.scan.reach;

/**
 * What the code of a method does to others.
 *
 * @param owner the class, as the JVM writes it
 * @param member name and descriptor of a method; empty for what concerns the class
 */
record Edge(Kind kind, String owner, String member) {
    enum Kind {
        /** Calls the method that the owner has or inherits. */
        CALL,
        /** Calls whatever overrides the method. */
        DISPATCH,
        /** Makes an object. */
        NEW,
        /** Uses a static member, by which the class is initialised. */
        TOUCH,
        /** Takes hold of the class itself, by which reflection gets to all of it. */
        OPEN
    }
}
