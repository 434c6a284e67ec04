package dev.stepzero.scan.image;

/**
 * A file of the final file system.
 *
 * @param path where it is; for a hard link another path than its entry's
 * @param entry what it is and which layer it came from
 */
public record ImageFile(String path, Entry entry) {}
