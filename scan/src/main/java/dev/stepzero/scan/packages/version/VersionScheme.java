package dev.stepzero.scan.packages.version;

/** The order of versions in one ecosystem. An implementation is stateless and safe for use by several threads. */
public interface VersionScheme {
    /**
     * Compares two versions as the ecosystem's own tool does: negative, zero or positive.
     *
     * @throws InvalidVersion if the ecosystem's tool would refuse one of them
     */
    int compare(String one, String other) throws InvalidVersion;

    /** A text that is no version in this ecosystem. */
    final class InvalidVersion extends Exception {
        private static final long serialVersionUID = 1;

        public InvalidVersion(String text) {
            super("this is no version: " + (text.length() <= 100 ? text : text.substring(0, 100) + "..."));
        }
    }
}
