package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A credential in a text. Its value is for hashing, masking and asking the issuer, and goes no further.
 *
 * @param start where it begins
 * @param end behind its last byte
 * @param doubtful whether more speaks against it than for it
 * @param reasons why it is believed or doubted
 */
record Hit(SecretRule rule, String value, int start, int end, boolean doubtful, List<String> reasons) {
    Hit {
        reasons = List.copyOf(reasons);
    }

    Hit because(String reason) {
        return new Hit(rule, value, start, end, doubtful, with(reason));
    }

    Hit doubtedBecause(String reason) {
        return new Hit(rule, value, start, end, true, with(reason));
    }

    /** The same at another place: that of what it was wrapped in. */
    Hit at(int from, int to) {
        return new Hit(rule, value, from, to, doubtful, reasons);
    }

    private List<String> with(String reason) {
        var all = new ArrayList<>(reasons);
        all.add(reason);
        return all;
    }

    /** What an overlapping hit gives way to: the form of a token says more than the name before a value. */
    int weight() {
        return switch (rule.form()) {
            case TOKEN -> rule.expression().contains("?<secret>") ? 2 : 3;
            case VALUE -> 1;
            case GENERIC -> 0;
        };
    }

    @Override
    public String toString() {
        return "Hit[" + rule.id() + " at " + start + "]";
    }
}
