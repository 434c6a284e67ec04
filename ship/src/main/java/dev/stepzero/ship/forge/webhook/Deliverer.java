package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;

/** Reads the deliveries of one kind of forge. */
interface Deliverer {
    /**
     * What a delivery says.
     *
     * @param event what the forge calls it
     * @throws dev.stepzero.core.UserError if something that must be there is missing or odd
     */
    ForgeEvent read(String event, Field root);

    /** An event that concerns nobody here. */
    static ForgeEvent ignored(String event) {
        return new ForgeEvent.Ignored(
                event.isEmpty() ? "it names no event" : "events of the kind " + event + " lead to nothing");
    }
}
