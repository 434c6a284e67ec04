package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import java.util.Optional;

/** The help page of a rule in GitHub's Markdown; texts are escaped, so that a rule cannot put links or pictures in. */
final class Markdown {
    private static final String SPECIAL = "\\`*_{}[]<>()#+-.!|~&@:/";

    private Markdown() {}

    static String help(Finding finding, Optional<String> why) {
        var page = new StringBuilder("# ").append(escaped(finding.title())).append("\n\n");
        why.ifPresent(text -> page.append(escaped(text)).append("\n\n"));
        page.append("**To mend it:** ").append(escaped(finding.fix())).append("\n\n");
        page.append("| | |\n|---|---|\n");
        row(page, "Rule", code(finding.rule()));
        row(page, "Severity", Words.of(finding.severity()));
        if (!finding.aliases().isEmpty()) {
            row(page, "Elsewhere", codes(finding.aliases()));
        }
        if (!finding.controls().isEmpty()) {
            row(page, "Controls", codes(finding.controls()));
        }
        if (!finding.stride().isEmpty()) {
            row(
                    page,
                    "Threats",
                    String.join(
                            ", ",
                            finding.stride().stream()
                                    .sorted()
                                    .map(threat -> threat.label().replace('-', ' '))
                                    .toList()));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String codes(Iterable<String> texts) {
        var codes = new StringBuilder();
        for (var text : texts) {
            codes.append(codes.isEmpty() ? "" : ", ").append(code(text));
        }
        return codes.toString();
    }

    private static String code(String text) {
        return "`" + text.replace('`', '\'').replace('|', '/').replace('\n', ' ') + "`";
    }

    /** Punctuation gets a backslash where Markdown or GitHub's own links could read something into it. */
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var plain = c == '.' || c == '-' || c == '(' || c == ')' || c == ':' || c == '/' || c == '+';
            if (c == '\n' || c == '\r') {
                escaped.append(' ');
            } else if (SPECIAL.indexOf(c) >= 0 && !(plain && within(text, i))) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Not at the beginning of a line, where it would make a list, and no part of an address. */
    private static boolean within(String text, int i) {
        return i > 0 && !text.startsWith("://", i) && !text.startsWith("//", i);
    }
}
