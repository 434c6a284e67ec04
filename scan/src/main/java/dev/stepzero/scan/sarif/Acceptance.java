package dev.stepzero.scan.sarif;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether the tool says that somebody accepted a result, and why (section 3.27.23). */
final class Acceptance {
    private static final int LONGEST_REASON = 500;

    private Acceptance() {}

    /** The reason as a sentence; empty where the result counts, as while one acceptance is refused or under review. */
    static Optional<String> of(JsonNode suppressions, String tool) {
        if (suppressions.isEmpty()) {
            return Optional.empty();
        }
        var reason = "";
        var inSource = false;
        for (var each : suppressions) {
            // Without a status it holds (section 3.35.3).
            if (!each.isObject() || !each.path("status").asString("accepted").equals("accepted")) {
                return Optional.empty();
            }
            inSource |= each.path("kind").asString("").equals("inSource");
            var said = Texts.line(each.path("justification").asString(""));
            reason = reason.isEmpty() ? said : reason;
        }
        return Optional.of("Accepted %s%s"
                .formatted(
                        inSource ? "beside the code, says " + tool : "in " + tool,
                        reason.isEmpty() ? "" : ": " + Texts.cut(reason, LONGEST_REASON)));
    }
}
