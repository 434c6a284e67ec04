package dev.stepzero.ship.live;

import java.util.Optional;

/** Something that changed; what it is now stands in the tables. */
public sealed interface Change {

    /** A run began, ended or was given up. */
    record RunChanged(long run) implements Change {}

    /** A step began or ended. */
    record StepChanged(long run, String step) implements Change {}

    /** Some step of the run wrote lines. */
    record LinesWritten(long run) implements Change {}

    /** A request was made, took its turn or ended. */
    record RequestChanged(long request) implements Change {}

    /** Something may have been missed: read everything again. */
    record Everything() implements Change {}

    /** Reads what the triggers of V008 tell; empty for anything else. */
    static Optional<Change> parse(String told) {
        var parts = told.split(" ", 3);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            var id = Long.parseLong(parts[1]);
            return switch (parts[0]) {
                case "run" -> Optional.of(new RunChanged(id));
                case "step" -> parts.length == 3 ? Optional.of(new StepChanged(id, parts[2])) : Optional.empty();
                case "lines" -> Optional.of(new LinesWritten(id));
                case "request" -> Optional.of(new RequestChanged(id));
                default -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The run that it is about; empty for a request and for everything. */
    default Optional<Long> aboutRun() {
        return switch (this) {
            case RunChanged changed -> Optional.of(changed.run());
            case StepChanged changed -> Optional.of(changed.run());
            case LinesWritten written -> Optional.of(written.run());
            case RequestChanged _, Everything _ -> Optional.empty();
        };
    }
}
