package dev.stepzero.scan.packages.installed.bytes;

/** A file is damaged, hostile or too large: it is left out, and said to be. */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason in words that follow the file's path, such as {@code "ends early"} */
    public UnreadableFile(String reason) {
        super(reason);
    }
}
