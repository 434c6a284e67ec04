package dev.stepzero.scan.image;

import java.util.List;

/**
 * What came of unpacking an image.
 *
 * @param files how many files were written
 * @param bytes their size
 * @param leftOut what could not be taken over safely, a sentence each
 */
public record Unpacked(long files, long bytes, List<String> leftOut) {
    public Unpacked {
        leftOut = List.copyOf(leftOut);
    }
}
