package dev.stepzero.scan.sarif;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.List;

/** What the results of one file come to, within bounds. */
final class Collected {
    private static final int MOST = 100_000;
    private static final long MOST_CHARACTERS = 100L << 20;

    private final SarifInput input;
    private final List<Finding> open = new ArrayList<>();
    private final List<Finding> accepted = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();
    private long characters;

    Collected(SarifInput input) {
        this.input = input;
    }

    void open(Finding finding) {
        open.add(finding);
        count(finding.message() + finding.fix());
    }

    void accepted(Finding finding) {
        accepted.add(finding);
        count(finding.message() + finding.fix());
    }

    void undecided(Undecided one) {
        undecided.add(one);
        count(String.join("", one.because()));
    }

    /** To leave some out would hide them from the gate. */
    private void count(String text) {
        characters += text.length();
        if (open.size() + accepted.size() + undecided.size() > MOST || characters > MOST_CHARACTERS) {
            throw UserError.unreadable("it holds more than the %d results that are read".formatted(MOST))
                    .at(input.name())
                    .fix("let the tool look for less, or at a part of the files");
        }
    }

    List<Finding> open() {
        return open;
    }

    List<Finding> accepted() {
        return accepted;
    }

    List<Undecided> undecided() {
        return undecided;
    }
}
