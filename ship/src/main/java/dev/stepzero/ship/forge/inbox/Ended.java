package dev.stepzero.ship.forge.inbox;

import java.util.Optional;

/** What became of a delivery that was claimed. */
public sealed interface Ended {

    Claimed claimed();

    /**
     * Nothing more is to be done.
     *
     * @param request the run that it asks for
     */
    record Handled(Claimed claimed, String result, Optional<Long> request) implements Ended {}

    /** It could not be handled: it is taken again later, or parked after the last attempt. */
    record Failed(Claimed claimed, String reason) implements Ended {}

    /** Nobody came to it: another may have it at once, in its place, as if we had never had it. */
    record GivenBack(Claimed claimed) implements Ended {}
}
