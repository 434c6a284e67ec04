package dev.stepzero.scan.packages.document;

/** A text that is no XML. The message says what is wrong. */
public final class MalformedXml extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    MalformedXml(String problem, int line) {
        super("it is no valid XML: " + problem);
        this.line = line;
    }

    /** Where the mistake is, from 1. */
    public int line() {
        return line;
    }
}
