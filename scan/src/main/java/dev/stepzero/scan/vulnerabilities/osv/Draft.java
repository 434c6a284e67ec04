package dev.stepzero.scan.vulnerabilities.osv;

import java.util.ArrayList;
import java.util.List;

/** A record while it is read. */
final class Draft {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_SUMMARY = 200;

    String id = "";
    boolean withdrawn;
    String summary = "";
    String details = "";
    List<String> aliases = List.of();
    List<String> upstream = List.of();
    List<String> related = List.of();
    final List<String> ratings = new ArrayList<>();
    final List<String> words = new ArrayList<>();
    final List<Integer> cwe = new ArrayList<>();
    final List<Affected> affected = new ArrayList<>();

    private String modified = "";

    /** Takes the later of both dates: some databases leave the one of the last change at the year 1. */
    void changed(String date) {
        modified = date.compareTo(modified) > 0 ? date : modified;
    }

    Advisory advisory() throws MalformedRecord {
        if (id.isEmpty()) {
            throw new MalformedRecord("it is no OSV record: it has no id");
        }
        if (id.length() > LONGEST_ID) {
            throw new MalformedRecord("its id has %d characters".formatted(id.length()));
        }
        ratings.addAll(words);
        var head = new Advisory.Head(
                printable(id),
                modified,
                aliases.stream().map(Draft::printable).toList(),
                upstream.stream().map(Draft::printable).toList(),
                related.stream().filter(each -> each.startsWith("CVE-")).toList(),
                shortened(printable(summary.isEmpty() ? details : summary)),
                ratings,
                cwe);
        return new Advisory(head, withdrawn, affected);
    }

    /** Others wrote it, and a terminal will show it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY - 3) + "...";
    }
}
