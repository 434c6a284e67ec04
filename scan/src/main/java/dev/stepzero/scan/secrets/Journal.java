package dev.stepzero.scan.secrets;

import dev.stepzero.core.Coverage.Skipped;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.List;

/** Takes down what a look finds and leaves out. For use by several threads. */
final class Journal implements ContentSearch.Report {
    private static final int MOST_SKIPPED = 1_000;

    private final Sightings sightings;
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int unlisted;
    private int binaries;
    private int found;

    Journal(Sightings sightings) {
        this.sightings = sightings;
    }

    /** Takes over what was said while files were listed. */
    void know(Intake intake) {
        intake.skipped().forEach(each -> skipped(each.path(), each.reason()));
        intake.problems().forEach(each -> skipped(each.position().file(), each.message()));
        intake.notes().forEach(this::note);
    }

    @Override
    public void hit(Hit hit, Place place) {
        sightings.add(hit, place);
        synchronized (this) {
            found++;
        }
    }

    @Override
    public synchronized void skipped(String path, String reason) {
        if (skipped.size() < MOST_SKIPPED) {
            skipped.add(new Skipped(path, reason));
        } else {
            unlisted++;
        }
    }

    @Override
    public synchronized void binary() {
        binaries++;
    }

    synchronized void note(String sentence) {
        notes.add(sentence);
    }

    synchronized int binaries() {
        return binaries;
    }

    synchronized int found() {
        return found;
    }

    synchronized List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    synchronized List<String> notes() {
        var all = new ArrayList<>(notes);
        if (unlisted > 0) {
            all.add(unlisted + " more parts were left out");
        }
        if (sightings.left() > 0) {
            all.add("secrets were seen %d more times than are kept".formatted(sightings.left()));
        }
        return all;
    }
}
