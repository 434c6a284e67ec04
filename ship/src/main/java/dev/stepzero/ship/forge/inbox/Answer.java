package dev.stepzero.ship.forge.inbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an event led to. */
public sealed interface Answer {

    /** The numbers of the requested runs, whether they are new or were asked for before. */
    record Requested(List<Long> runs) implements Answer {
        public Requested {
            runs = List.copyOf(runs);
        }
    }

    /** A review was passed on. */
    record Noted() implements Answer {}

    /** Nothing, and why. */
    record Ignored(String reason) implements Answer {}

    /** As people read it. */
    default String text() {
        return switch (this) {
            case Requested requested ->
                "asked for run request "
                        + requested.runs().stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Noted noted -> "noted a review";
            case Ignored ignored -> ignored.reason();
        };
    }

    /** The first requested run. */
    default Optional<Long> request() {
        return this instanceof Requested requested ? requested.runs().stream().findFirst() : Optional.empty();
    }
}
