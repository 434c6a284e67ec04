package dev.stepzero.ship.engine;

import java.util.Locale;

/** The parts of a pipeline in which steps stand, in the order in which people read them. */
public enum Stage {
    SOURCE,
    VERIFY,
    BUILD,
    ANALYSE,
    GATE,
    PUBLISH,
    DEPLOY,
    CONFIRM;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
