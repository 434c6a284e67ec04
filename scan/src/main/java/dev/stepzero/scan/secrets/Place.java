package dev.stepzero.scan.secrets;

/**
 * Where a credential was seen.
 *
 * @param path of the file, with {@code !/} before a path in an archive
 * @param line in the file, from 1; 0 where there is none
 * @param origin the commit that brought it, who and when, as the end of a sentence; empty for the tree
 */
record Place(String path, int line, String origin) {
    @Override
    public String toString() {
        return (line > 0 ? path + ":" + line : path) + origin;
    }
}
