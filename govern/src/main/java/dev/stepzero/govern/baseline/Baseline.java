package dev.stepzero.govern.baseline;

import dev.stepzero.core.Finding;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The fingerprints of findings that were there before. A file of them has one finding a line, so that a difference
 * reads as what came and went; a former JSON report is a baseline too.
 */
public record Baseline(Set<String> fingerprints) {
    public static final Baseline NONE = new Baseline(Set.of());

    private static final String FIX = "name a report that --format json wrote, or a file that --write-baseline wrote";

    public Baseline {
        fingerprints = Set.copyOf(fingerprints);
    }

    /** The baseline that some findings make. */
    public static Baseline of(Collection<Finding> findings) {
        var fingerprints = new HashSet<String>();
        findings.forEach(finding -> fingerprints.add(finding.fingerprint()));
        return new Baseline(fingerprints);
    }

    /**
     * Reads a baseline, or a former report, of which findings that were waived do not count.
     *
     * @throws UserError if the file is not there or is neither of the two
     */
    public static Baseline read(Path file) {
        try {
            return new Baseline(new BaselineParser(file).fingerprints());
        } catch (JacksonException e) {
            // A file that is not there comes wrapped as well.
            throw e.getCause() instanceof IOException problem ? unreadable(file, problem) : malformed(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UserError unreadable(Path file, IOException problem) {
        var what = problem instanceof NoSuchFileException
                ? "there is no such baseline"
                : "the baseline cannot be read: " + problem.getMessage();
        return UserError.unreadable(what).at(file.toString()).fix(FIX).because(problem);
    }

    private static UserError malformed(Path file, JacksonException problem) {
        var line = problem.getLocation() == null ? -1 : problem.getLocation().getLineNr();
        return UserError.unreadable("the baseline is not valid JSON")
                .at(line > 0 ? file + ":" + line : file.toString())
                .fix(FIX)
                .because(problem);
    }

    static UserError foreign(Path file, String what) {
        return UserError.unreadable("the file is no baseline: " + what)
                .at(file.toString())
                .fix(FIX);
    }

    /** Writes findings by rule and resource, one a line. @throws UserError if the file cannot be written */
    public static void write(Path file, Collection<Finding> findings) {
        var sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::rule)
                .thenComparing(finding -> finding.location().resource())
                .thenComparing(Finding::fingerprint));
        try (var out = Files.newBufferedWriter(file)) {
            var json = new JsonWriter(out);
            json.object().field("version", 1).name("findings").array();
            for (var finding : sorted) {
                json.flat().object();
                json.field("rule", finding.rule())
                        .field("resource", finding.location().resource())
                        .field("fingerprint", finding.fingerprint())
                        .endObject();
            }
            json.endArray().endObject().end();
        } catch (IOException e) {
            throw UserError.unreadable("the baseline cannot be written: " + e.getMessage())
                    .at(file.toString())
                    .fix("name a file in a directory that is there and yours")
                    .because(e);
        }
    }
}
