package dev.stepzero.ship.containers;

/**
 * What a container may use at most.
 *
 * @param memoryMegabytes memory, with no swap beyond it
 * @param cpus processors, such as 1.5
 * @param processes processes and threads together
 */
public record Limits(int memoryMegabytes, double cpus, int processes) {
    /** Enough for a small service. */
    public static final Limits SMALL = new Limits(512, 1, 256);

    public Limits {
        if (memoryMegabytes < 6 || cpus <= 0 || processes < 1) {
            throw new IllegalArgumentException("limits must be positive, and memory at least 6 MB: " + memoryMegabytes
                    + " MB, " + cpus + " processors, " + processes + " processes");
        }
    }
}
