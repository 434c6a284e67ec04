package dev.stepzero.scan.iac;

import dev.stepzero.scan.iac.Suppression.Reach;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds suppressions in the comments of a file: our own ({@code stepzero:ignore RULE until=2027-01-31 reason}), and
 * those of tfsec, Trivy, Checkov, KICS and hadolint, so that a team can switch without touching its code.
 */
public final class SuppressionComments {
    private static final List<String> MARKS =
            List.of("stepzero:ignore", "tfsec:ignore", "trivy:ignore", "checkov:skip", "kics-scan", "hadolint");

    private SuppressionComments() {}

    /** Whether a text may hold one; false means that it certainly holds none. */
    public static boolean mayStandIn(String text) {
        return MARKS.stream().anyMatch(text::contains);
    }

    static List<Suppression> in(String file, String text) {
        if (!mayStandIn(text)) {
            return List.of();
        }
        var found = new ArrayList<Suppression>();
        var lines = text.split("\n", -1);
        var nextCode = nextCode(lines);
        for (int i = 0; i < lines.length; i++) {
            int comment = commentStart(lines[i]);
            if (comment >= 0) {
                var before = lines[i].substring(0, comment).isBlank();
                read(file, i + 1, before ? nextCode[i] : i + 1, lines[i].substring(comment), found);
            }
        }
        return found;
    }

    private static int commentStart(String line) {
        int first = Integer.MAX_VALUE;
        for (var mark : MARKS) {
            int at = line.indexOf(mark);
            if (at >= 0) {
                int hash = line.lastIndexOf('#', at);
                int slashes = Math.max(line.lastIndexOf("//", at), line.lastIndexOf("/*", at));
                int start = Math.max(hash, slashes);
                first = start >= 0 ? Math.min(first, start) : first;
            }
        }
        return first == Integer.MAX_VALUE ? -1 : first;
    }

    /** For each line the number of the first one below that is neither blank nor a comment; its own if there is none. */
    private static int[] nextCode(String[] lines) {
        var next = new int[lines.length];
        int below = 0;
        for (int i = lines.length - 1; i >= 0; i--) {
            next[i] = below == 0 ? i + 1 : below;
            var line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("//") && !line.startsWith("*")) {
                below = i + 1;
            }
        }
        return next;
    }

    private static void read(String file, int line, int covers, String comment, List<Suppression> found) {
        for (var word : comment.replace("#", " ").replace("//", " ").strip().split("\\s+", -1)) {
            if (word.startsWith("tfsec:ignore:") || word.startsWith("trivy:ignore:")) {
                colons(file, line, covers, word, found);
            } else if (word.startsWith("checkov:skip=")) {
                var rule = word.substring("checkov:skip=".length()).split(":", 2)[0];
                add(file, line, covers, rule, Reach.BLOCK, null, found);
            }
        }
        own(file, line, covers, comment, found);
        kics(file, line, covers, comment, found);
        hadolint(file, line, covers, comment, found);
    }

    private static void colons(String file, int line, int covers, String word, List<Suppression> found) {
        var parts = word.split(":", -1);
        LocalDate last = null;
        for (int i = 3; i + 1 < parts.length; i++) {
            if (parts[i].equals("exp")) {
                last = date(parts[i + 1]);
            }
        }
        if (parts.length > 2) {
            add(file, line, covers, parts[2].replaceAll("\\[.*", ""), Reach.PLACE, last, found);
        }
    }

    private static void own(String file, int line, int covers, String comment, List<Suppression> found) {
        int at = comment.indexOf("stepzero:ignore");
        if (at < 0) {
            return;
        }
        var words = comment.substring(at + "stepzero:ignore".length()).strip().split("\\s+", -1);
        LocalDate last = null;
        for (var word : words) {
            last = word.startsWith("until=") ? date(word.substring("until=".length())) : last;
        }
        for (var rule : words[0].replaceFirst("^[:=]", "").split(",", -1)) {
            add(file, line, covers, rule, Reach.PLACE, last, found);
        }
    }

    private static void kics(String file, int line, int covers, String comment, List<Suppression> found) {
        int at = comment.indexOf("kics-scan ");
        if (at < 0) {
            return;
        }
        var order = comment.substring(at + "kics-scan ".length()).strip();
        if (order.startsWith("ignore-line")) {
            add(file, line, covers, "*", Reach.PLACE, null, found);
        } else if (order.startsWith("ignore-block")) {
            add(file, line, covers, "*", Reach.BLOCK, null, found);
        } else if (order.startsWith("ignore")) {
            add(file, line, covers, "*", Reach.FILE, null, found);
        } else if (order.startsWith("disable=")) {
            for (var rule : order.substring("disable=".length()).split(",", -1)) {
                add(file, line, covers, rule.strip(), Reach.FILE, null, found);
            }
        }
    }

    private static void hadolint(String file, int line, int covers, String comment, List<Suppression> found) {
        int at = comment.indexOf("ignore=");
        if (!comment.contains("hadolint") || at < 0) {
            return;
        }
        var reach = comment.contains("global") ? Reach.FILE : Reach.PLACE;
        for (var rule : comment.substring(at + "ignore=".length()).split("[,\\s]+", -1)) {
            if (rule.matches("[A-Z]{2}\\d{4}")) {
                add(file, line, covers, rule, reach, null, found);
            }
        }
    }

    private static void add(
            String file,
            int line,
            int covers,
            String rule,
            Reach reach,
            @Nullable LocalDate last,
            List<Suppression> found) {
        if (!rule.isEmpty()) {
            found.add(new Suppression(file, line, covers, rule, reach, last, ""));
        }
    }

    /** The day; one that cannot be read has passed, so that the comment does not hold for ever. */
    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return LocalDate.EPOCH;
        }
    }
}
