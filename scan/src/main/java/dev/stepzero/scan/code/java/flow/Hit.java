package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Label;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Trail;
import java.util.Optional;

/**
 * A rule that fails at a place.
 *
 * @param callee what is called there
 * @param message what is wrong, as a sentence's beginning
 * @param weaker whether something was done that makes it matter less
 * @param label what gets there; empty where nothing needs to
 * @param trail the way it takes
 */
public record Hit(
        String rule, Place place, String callee, String message, boolean weaker, Optional<Label> label, Trail trail) {
    /** What it is, whichever way leads there. */
    Hit withoutTrail() {
        return new Hit(rule, place, callee, message, weaker, label, Trail.EMPTY);
    }

    Hit given(Label other, Trail way) {
        return new Hit(rule, place, callee, message, weaker, Optional.of(other), way);
    }
}
