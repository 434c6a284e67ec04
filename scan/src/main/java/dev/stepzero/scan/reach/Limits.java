package dev.stepzero.scan.reach;

/**
 * How much of a program is read before the answer is that it is unknown.
 *
 * @param classes how many classes the class path may have
 * @param file how many bytes one class or resource may have
 * @param bytes how many bytes may be unpacked in all
 * @param calls how many different edges the call graph may have
 */
record Limits(int classes, int file, long bytes, int calls) {
    /** A large program on Spring has 40,000 classes, of which fewer than 20,000 are reached. */
    static final Limits USUAL = new Limits(400_000, 4 << 20, 1L << 30, 8_000_000);
}
