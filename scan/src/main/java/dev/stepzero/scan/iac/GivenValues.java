package dev.stepzero.scan.iac;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resources;
import java.util.function.Predicate;

/**
 * The values that a configuration is given by files of their own, such as Terraform's {@code *.tfvars}. What a value
 * brings about is told by taking it away: whatever then is found no more was there because of it.
 */
public interface GivenValues {
    /** No values at all. */
    GivenValues NONE = new GivenValues() {
        @Override
        public boolean standIn(String file) {
            return false;
        }

        @Override
        public Resources without(Predicate<Position> values) {
            return new Resources(java.util.List.of());
        }
    };

    /** Whether a file, by its path relative to the tree, gives values. */
    boolean standIn(String file);

    /**
     * What would be configured if some of the values could not be told.
     *
     * @param values whether the value at a position is taken away; asked of a list or an object before its parts
     */
    Resources without(Predicate<Position> values) throws InterruptedException;
}
