package dev.stepzero.cli;

import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.tree.SharedListing;
import dev.stepzero.ship.yaml.Nearest;
import java.util.ArrayList;
import java.util.List;

/** The scanners that have something to say about a subject. */
final class SourceScanners {
    private final Subject subject;
    private final ScanOptions options;
    private final List<Scanner> fitting = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    SourceScanners(Iterable<Scanner> all, Subject subject, ScanOptions options) {
        this.subject = subject;
        this.options = options;
        for (var scanner : all) {
            if (scanner.looksAt(subject)) {
                fitting.add(scanner.with(options));
                // Several may share a name where users think of them as one.
                if (!names.contains(scanner.name())) {
                    names.add(scanner.name());
                }
            }
        }
        if (fitting.isEmpty()) {
            throw UserError.engine("no scanner of directories and files is installed")
                    .fix("install the distribution again");
        }
    }

    /** Keeps those of some names; all where none is named. @throws UserError if there is none of a name */
    SourceScanners only(List<String> wanted) {
        for (var name : wanted) {
            if (!names.contains(name)) {
                throw UserError.usage("no scanner of this is called '%s'".formatted(name))
                        .fix(Nearest.to(name, names)
                                .map("did you mean '%s'?"::formatted)
                                .orElse("use one of " + String.join(", ", names)));
            }
        }
        fitting.removeIf(scanner -> !wanted.isEmpty() && !wanted.contains(scanner.name()));
        return this;
    }

    ScanReport scan() throws InterruptedException {
        var report = ScanReport.EMPTY;
        var shared = new SharedListing(subject, options.ignored());
        for (var scanner : fitting) {
            report = report.and(shared.scannedBy(scanner));
        }
        return report;
    }
}
