package dev.stepzero.cli;

import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import dev.stepzero.scan.vulnerabilities.Suggestion;
import java.io.PrintWriter;
import java.util.ArrayList;

/** Prints the edits that mend vulnerable packages: the line as it is, and as it should be. */
final class SuggestedEdits {
    private final PrintWriter out;

    SuggestedEdits(PrintWriter out) {
        this.out = out;
    }

    void print(Iterable<Scanner> scanners, Subject subject, ScanOptions options) throws InterruptedException {
        var edits = new ArrayList<Suggestion>();
        for (var scanner : scanners) {
            if (scanner instanceof PackageScanner packages) {
                edits.addAll(packages.with(options).suggestions(subject));
            }
        }
        out.println();
        out.println(edits.isEmpty() ? "no edit of a manifest is known that would mend a package" : "suggested edits:");
        edits.forEach(this::print);
        out.flush();
    }

    private void print(Suggestion edit) {
        var place = edit.line() > 0 ? edit.path() + ":" + edit.line() : edit.path();
        out.println();
        out.println("@@ " + Shown.line(place) + " @@");
        if (edit.isCommand()) {
            out.println("  run: " + Shown.line(edit.after()));
        } else {
            out.println("-" + Shown.line(edit.before()));
            out.println("+" + Shown.line(edit.after()));
        }
    }
}
