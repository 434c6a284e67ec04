package dev.stepzero.server.findings;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.findings.FindingFilter;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.Findings.Order;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which findings an address asks for.
 *
 * @param query the same as an address, without the page
 */
record AskedFindings(FindingFilter filter, Order order, Query query) {
    private static final List<String> NAMES =
            List.of("project", "environment", "severity", "state", "rule", "file", "text", "order", "gone");

    static AskedFindings of(Map<String, String> parameters, Optional<String> project) {
        var asked = new LinkedHashMap<String, String>();
        NAMES.forEach(name -> asked.put(name, parameters.getOrDefault(name, "").strip()));
        asked.put("project", project.orElse(""));
        var filter = new FindingFilter(
                project,
                given(asked, "environment"),
                given(asked, "severity").map(word -> one(Severity.values(), word)),
                given(asked, "rule"),
                given(asked, "state").map(word -> one(FindingState.values(), word)),
                given(asked, "file"),
                given(asked, "text"),
                given(asked, "gone").isPresent());
        var order = given(asked, "order").map(word -> one(Order.values(), word)).orElse(Order.WORST);
        return new AskedFindings(filter, order, new Query("/findings", asked));
    }

    private static Optional<String> given(Map<String, String> asked, String name) {
        return Optional.ofNullable(asked.get(name)).filter(text -> !text.isEmpty());
    }

    private static <T extends Enum<T>> T one(T[] values, String word) {
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> UserError.usage("'%.40s' cannot be chosen".formatted(word))
                        .fix("choose one of the list"));
    }
}
