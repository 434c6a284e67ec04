package dev.stepzero.scan.sarif;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a tool says that is to be done about a result: its fix, else its rule's help, else where to read of it. */
final class Advice {
    private static final int LONGEST = 600;
    private static final int LONGEST_EDIT = 200;
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.{1,80})$");
    private static final Pattern MENDING =
            Pattern.compile("(?i).*(recommend|remediat|how to (fix|mend|prevent)|solution|mitigat).*");

    private Advice() {}

    static String of(JsonNode result, JsonNode rule, ToolRun run) {
        for (var fix : result.path("fixes")) {
            var said = new ArrayList<String>();
            var description = Texts.line(Texts.of(fix.path("description"), rule, run.driver()));
            if (!description.isEmpty()) {
                said.add(Texts.sentences(description, LONGEST));
            }
            said.addAll(edit(fix));
            if (!said.isEmpty()) {
                return String.join(" ", said);
            }
        }
        var help = mending(Texts.unlinked(Texts.plain(rule.path("help"))));
        var page = Texts.cut(rule.path("helpUri").asString("").strip(), LONGEST_EDIT);
        if (!help.isBlank() && !help.strip().equals(page)) {
            return Texts.sentences(help, LONGEST) + (page.isEmpty() ? "" : " See " + page);
        }
        return page.isEmpty() ? "See what %s says of it.".formatted(run.name()) : "See " + page;
    }

    /** Of a page of help the part that says what to do; all of it without its headings where none says so. */
    private static String mending(String help) {
        var headings = HEADING.matcher(help);
        int start = -1;
        while (headings.find()) {
            if (start >= 0) {
                return help.substring(start, headings.start());
            }
            start = MENDING.matcher(headings.group(1)).matches() ? headings.end() : -1;
        }
        return start >= 0 ? help.substring(start) : HEADING.matcher(help).replaceAll("");
    }

    /** A fix that puts one short text in the place of another can be said. */
    private static List<String> edit(JsonNode fix) {
        var changes = fix.path("artifactChanges");
        var replacements = changes.path(0).path("replacements");
        if (changes.size() != 1 || replacements.size() != 1) {
            return List.of();
        }
        var region = replacements.path(0).path("deletedRegion");
        var inserted = replacements
                .path(0)
                .path("insertedContent")
                .path("text")
                .asString("")
                .strip();
        int line = region.path("startLine").asInt(0);
        return line < 1 || inserted.isEmpty() || inserted.length() > LONGEST_EDIT || inserted.contains("\n")
                ? List.of()
                : List.of("In line %d write: %s".formatted(line, inserted));
    }
}
