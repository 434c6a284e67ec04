package dev.stepzero.scan.packages;

import dev.stepzero.core.ScanReport;

/**
 * Judges what is installed, such as by advisories. Checks are found through {@link java.util.ServiceLoader}. An
 * implementation is stateless and safe for use by several threads.
 */
@FunctionalInterface
public interface InventoryCheck {
    /** Says what is wrong with the packages of one subject. */
    ScanReport check(Inventory inventory) throws InterruptedException;
}
