package dev.stepzero.scan.code;

import java.util.ArrayList;
import java.util.List;

/** Words the way by which something got where it does harm. */
public final class Way {
    private static final int SHOWN_AT_EACH_END = 3;

    private Way() {}

    /**
     * A finding's message.
     *
     * @param steps what happens on the way, in order and with places; of many the first and last are shown
     */
    public static String message(String what, List<String> steps) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            if (i < SHOWN_AT_EACH_END || i >= steps.size() - SHOWN_AT_EACH_END) {
                shown.add(steps.get(i));
            } else if (i == SHOWN_AT_EACH_END) {
                shown.add("…");
            }
        }
        return "%s: %s".formatted(what, String.join(", ", shown));
    }
}
