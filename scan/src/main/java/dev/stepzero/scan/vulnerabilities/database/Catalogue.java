package dev.stepzero.scan.vulnerabilities.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database is made of at one moment.
 *
 * @param feeds where advisories come from
 * @param exploited the list of exploited vulnerabilities (CISA KEV)
 * @param probabilities the scores of how likely exploitation is (EPSS)
 */
public record Catalogue(List<Feed> feeds, Optional<Table> exploited, Optional<Table> probabilities) {
    public static final Catalogue EMPTY = new Catalogue(List.of(), Optional.empty(), Optional.empty());

    public Catalogue {
        feeds = List.copyOf(feeds);
    }

    /**
     * One file of records, or the loose ones of a directory.
     *
     * @param origin what the user named
     * @param location the file or URL itself
     * @param file the segment, below the database's directory
     * @param withdrawn how many of the records are taken back
     * @param imported when it was last read
     * @param marks by which a server tells whether it has something newer
     * @param failure why the last attempt to refresh it failed; empty where it did not
     */
    public record Feed(
            String origin,
            String location,
            String file,
            int records,
            int withdrawn,
            Map<String, Holding> ecosystems,
            Instant imported,
            Marks marks,
            String failure) {
        public Feed {
            ecosystems = Map.copyOf(ecosystems);
        }

        Feed failed(String why) {
            return new Feed(origin, location, file, records, withdrawn, ecosystems, imported, marks, why);
        }

        Feed seen(Instant now) {
            return new Feed(origin, location, file, records, withdrawn, ecosystems, now, marks, "");
        }
    }

    /** What a feed holds of one ecosystem: how many records, and when the newest of them was changed. */
    public record Holding(int records, String newest) {
        Holding and(Holding other) {
            return new Holding(records + other.records, newest.compareTo(other.newest) >= 0 ? newest : other.newest);
        }
    }

    /** A server's {@code ETag} and {@code Last-Modified}; empty where it sent none. */
    public record Marks(String etag, String lastModified) {
        static final Marks NONE = new Marks("", "");
    }

    /**
     * A table by CVE.
     *
     * @param published the day that the table itself is of; empty where it does not say
     */
    public record Table(
            String origin, String file, int entries, String published, Instant imported, Marks marks, String failure) {
        Table failed(String why) {
            return new Table(origin, file, entries, published, imported, marks, why);
        }

        Table seen(Instant now) {
            return new Table(origin, file, entries, published, now, marks, "");
        }
    }

    /**
     * As of when the advisories of an ecosystem are: as its largest feed says of itself, which is the day the server
     * last changed the file, else that of its newest record.
     */
    public Optional<Instant> asOf(String ecosystem) {
        Optional<Feed> largest = Optional.empty();
        int most = 0;
        for (var feed : feeds) {
            var holding = feed.ecosystems().get(ecosystem);
            if (holding != null && holding.records() > most) {
                most = holding.records();
                largest = Optional.of(feed);
            }
        }
        return largest.flatMap(feed -> asOf(feed, ecosystem));
    }

    private static Optional<Instant> asOf(Feed feed, String ecosystem) {
        var changed = HttpDate.parse(feed.marks().lastModified());
        if (changed.isPresent()) {
            return changed;
        }
        var holding = feed.ecosystems().get(ecosystem);
        return holding == null ? Optional.empty() : instant(holding.newest());
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** All files that belong to it. */
    List<String> files() {
        var files = new ArrayList<String>();
        feeds.forEach(feed -> files.add(feed.file()));
        exploited.ifPresent(table -> files.add(table.file()));
        probabilities.ifPresent(table -> files.add(table.file()));
        return files;
    }

    Catalogue withFeeds(List<Feed> others) {
        return new Catalogue(others, exploited, probabilities);
    }

    Catalogue withExploited(Table table) {
        return new Catalogue(feeds, Optional.of(table), probabilities);
    }

    Catalogue withProbabilities(Table table) {
        return new Catalogue(feeds, exploited, Optional.of(table));
    }
}
