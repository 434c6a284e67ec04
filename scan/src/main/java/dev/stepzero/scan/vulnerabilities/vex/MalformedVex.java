package dev.stepzero.scan.vulnerabilities.vex;

/** A file that is no VEX document; the message says why. */
public final class MalformedVex extends Exception {
    private static final long serialVersionUID = 1;

    MalformedVex(String why) {
        super(why);
    }
}
