package dev.stepzero.scan.vulnerabilities.osv;

/** A file that is no OSV record; the message says what is wrong with it. */
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedRecord(String why) {
        super(why);
    }
}
