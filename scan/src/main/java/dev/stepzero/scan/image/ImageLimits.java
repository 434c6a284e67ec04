package dev.stepzero.scan.image;

/**
 * How much an image may ask of its reader before it is refused as hostile.
 *
 * @param bytes the most bytes that all layers together may hold uncompressed
 * @param entries the most entries that all layers together may hold; each costs about 300 bytes of memory
 * @param ratio how many times its compressed size a layer may grow, once it is larger than 100 MiB
 * @param layers the most layers
 */
public record ImageLimits(long bytes, int entries, int ratio, int layers) {

    /** 32 GiB, 500,000 entries, 200 times the compressed size, 127 layers: beyond what container engines mount. */
    public static ImageLimits defaults() {
        return new ImageLimits(32L << 30, 500_000, 200, 127);
    }
}
