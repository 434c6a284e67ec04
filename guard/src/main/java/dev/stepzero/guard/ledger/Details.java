package dev.stepzero.guard.ledger;

import java.util.Map;

/**
 * What else is to be known about an entry: a small JSON object.
 *
 * @param json in canonical form, at most 8,192 characters
 */
public record Details(String json) {
    /** The details of which there are none. */
    public static final Details NONE = new Details("{}");

    private static final int LARGEST = 8192;
    private static final int KEPT = 2000;

    /**
     * Takes an object over. Where it is too large its beginning is kept as a text, under {@code cut}.
     *
     * @param object of texts, whole numbers, truth values, null, lists and maps, at most 16 deep
     * @throws IllegalArgumentException if it holds anything else
     */
    public static Details of(Map<String, ?> object) {
        var json = Canonical.json(object);
        if (json.length() <= LARGEST) {
            return new Details(json);
        }
        var cut = Bounded.text(json, KEPT);
        return new Details(Canonical.json(Map.of("cut", cut)));
    }
}
