package dev.stepzero.scan.secrets;

import java.util.function.Supplier;

/** What is taken down about one blob, with where it came from; that is looked up only for what is found. */
final class Notes implements ContentSearch.Report {
    private final Journal journal;
    private Supplier<String> origin = () -> "";
    private boolean empty = true;

    Notes(Journal journal) {
        this.journal = journal;
    }

    /** Begins with another blob. */
    void clear(Supplier<String> from) {
        origin = from;
        empty = true;
    }

    /** Whether there was nothing to say about it, so that it need not be searched again. */
    boolean isEmpty() {
        return empty;
    }

    @Override
    public void hit(Hit hit, Place place) {
        empty = false;
        journal.hit(hit, new Place(place.path(), place.line(), origin.get()));
    }

    @Override
    public void skipped(String path, String reason) {
        empty = false;
        journal.skipped(path, reason);
    }

    @Override
    public void binary() {
        journal.binary();
    }
}
