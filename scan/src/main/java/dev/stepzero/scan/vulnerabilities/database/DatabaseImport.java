package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Feed;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Marks;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Table;
import dev.stepzero.scan.vulnerabilities.osv.MalformedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings advisories in. New files are written beside the old ones and take their place in one step at the end, so that
 * an import that is cut leaves the database as it was; what it left behind the next one deletes.
 */
public final class DatabaseImport {
    private final Path directory;
    private final Clock clock;
    private final Limits limits;
    private final CatalogueFile file;

    public DatabaseImport(Path directory, Clock clock, Limits limits) {
        this.directory = directory;
        this.clock = clock;
        this.limits = limits;
        file = new CatalogueFile(directory);
    }

    /**
     * Reads sources, new ones or such as are known already.
     *
     * @param named paths and URLs of OSV records
     * @param exploited path or URL of CISA's list of exploited vulnerabilities
     * @param probabilities path or URL of EPSS's scores
     * @throws UserError if one of them cannot be read; nothing has changed then
     */
    public Imported add(List<String> named, Optional<String> exploited, Optional<String> probabilities)
            throws InterruptedException {
        return locked((catalogue, imported) -> {
            var result = catalogue;
            for (var origin : named.stream().map(Source::origin).distinct().toList()) {
                result = result.withFeeds(replaced(result.feeds(), origin, feeds(result, origin, imported)));
            }
            if (exploited.isPresent()) {
                result = result.withExploited(table(Source.origin(exploited.get()), Optional.empty(), true));
            }
            if (probabilities.isPresent()) {
                result = result.withProbabilities(table(Source.origin(probabilities.get()), Optional.empty(), false));
            }
            return result;
        });
    }

    /** Reads all known sources again. What cannot be had stays as it is, and its failure is noted. */
    public Imported update() throws InterruptedException {
        return locked((catalogue, imported) -> {
            var result = catalogue;
            var origins = new LinkedHashSet<String>();
            catalogue.feeds().forEach(feed -> origins.add(feed.origin()));
            for (var origin : origins) {
                result = result.withFeeds(replaced(result.feeds(), origin, refreshed(result, origin, imported)));
            }
            if (result.exploited().isPresent()) {
                result = result.withExploited(refreshed(result.exploited().get(), true, imported));
            }
            if (result.probabilities().isPresent()) {
                result = result.withProbabilities(
                        refreshed(result.probabilities().get(), false, imported));
            }
            return result;
        });
    }

    private interface Change {
        Catalogue made(Catalogue catalogue, Imported imported) throws IOException, InterruptedException;
    }

    private Imported locked(Change change) throws InterruptedException {
        var imported = new Imported();
        try {
            Files.createDirectories(directory);
            try (var lock = ImportLock.of(directory)) {
                var before = file.read().orElse(Catalogue.EMPTY);
                lock.sweep(before);
                try {
                    var after = change.made(before, imported);
                    file.write(after);
                    lock.sweep(after);
                } catch (IOException | RuntimeException | InterruptedException e) {
                    lock.sweep(before);
                    throw e;
                }
            }
            return imported;
        } catch (ClosedByInterruptException e) {
            // Files close themselves when their thread is interrupted.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            throw UserError.unreadable("the import failed: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see that there is room on the disk and that you may write there")
                    .because(e);
        }
    }

    private static List<Feed> replaced(List<Feed> feeds, String origin, List<Feed> fresh) {
        var all = new ArrayList<>(
                feeds.stream().filter(feed -> !feed.origin().equals(origin)).toList());
        all.addAll(fresh);
        return all;
    }

    private List<Feed> refreshed(Catalogue catalogue, String origin, Imported imported) throws InterruptedException {
        try {
            return feeds(catalogue, origin, imported);
        } catch (UserError e) {
            return kept(catalogue, origin, e.what(), imported);
        } catch (IOException | UncheckedIOException e) {
            return kept(catalogue, origin, String.valueOf(e.getMessage()), imported);
        }
    }

    private static List<Feed> kept(Catalogue catalogue, String origin, String why, Imported imported) {
        imported.failed(origin + ": " + why);
        var old = catalogue.feeds().stream()
                .filter(feed -> feed.origin().equals(origin))
                .toList();
        old.forEach(imported::kept);
        return old.stream().map(feed -> feed.failed(why)).toList();
    }

    private Table refreshed(Table table, boolean exploited, Imported imported) throws InterruptedException {
        try {
            return table(table.origin(), Optional.of(table), exploited);
        } catch (UserError e) {
            imported.failed(table.origin() + ": " + e.what());
            return table.failed(e.what());
        } catch (IOException e) {
            imported.failed(table.origin() + ": " + e.getMessage());
            return table.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Makes the segments of an origin anew, out of the former ones where records are the same. */
    private List<Feed> feeds(Catalogue catalogue, String origin, Imported imported)
            throws IOException, InterruptedException {
        var feeds = new ArrayList<Feed>();
        for (var source : Source.of(origin)) {
            var former = catalogue.feeds().stream()
                    .filter(feed -> feed.location().equals(source.location()))
                    .findFirst();
            feed(origin, source, former, imported).ifPresent(feeds::add);
        }
        if (feeds.isEmpty()) {
            throw UserError.unreadable("there is no OSV record in it"
                            + imported.skipped().stream()
                                    .findFirst()
                                    .map(first -> " (%s)".formatted(first))
                                    .orElse(""))
                    .at(origin)
                    .fix("name a folder or zip of OSV records, as OSV publishes them for each ecosystem");
        }
        return feeds;
    }

    private Optional<Feed> feed(String origin, Source source, Optional<Feed> former, Imported imported)
            throws IOException, InterruptedException {
        var marks = Marks.NONE;
        var local = source;
        if (source instanceof Source.Remote remote) {
            var download = fresh("download");
            var answer = new Downloads(limits)
                    .fetch(remote.location(), former.map(this::marks).orElse(Marks.NONE), download);
            if (answer.isEmpty() && former.isPresent()) {
                imported.kept(former.get());
                return Optional.of(former.get().seen(clock.instant()));
            }
            marks = answer.orElse(Marks.NONE);
            local = Records.isZip(download)
                    ? new Source.Zip(remote.location(), download)
                    : new Source.Loose(remote.location(), directory, List.of(download));
        }
        return made(origin, local, marks, former, imported);
    }

    /** By which a server tells whether it has something newer than this; none where it has to be made anew. */
    private Marks marks(Feed former) {
        try (var segment = Segment.open(directory.resolve(former.file()))) {
            return segment.isCurrent() ? former.marks() : Marks.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Feed> made(String origin, Source source, Marks marks, Optional<Feed> former, Imported imported)
            throws IOException, InterruptedException {
        var path = fresh("feed");
        var old = former.isPresent()
                ? Optional.of(Segment.open(directory.resolve(former.get().file())))
                : Optional.<Segment>empty();
        try (var writer = new SegmentWriter(path, old)) {
            Records.Sink sink = (name, json) -> {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                try {
                    writer.add(json);
                } catch (MalformedRecord e) {
                    imported.skipped(name, e.getMessage() + hint(json));
                }
            };
            var records = new Records(limits, imported);
            switch (source) {
                case Source.Zip zip -> records.ofZip(zip.file(), zip.location(), sink);
                case Source.Loose loose -> records.ofFiles(loose.files(), loose.directory(), sink);
                case Source.Remote remote -> throw new IllegalStateException("it was fetched: " + remote.location());
            }
            var contents = writer.finish();
            if (contents.records == 0) {
                return Optional.empty();
            }
            imported.holds(contents);
            return Optional.of(new Feed(
                    origin,
                    source.location(),
                    String.valueOf(path.getFileName()),
                    contents.records,
                    contents.withdrawn,
                    contents.ecosystems(),
                    clock.instant(),
                    marks,
                    ""));
        } finally {
            old.ifPresent(Segment::close);
        }
    }

    private static String hint(byte[] json) {
        var start = new String(json, 0, Math.min(json.length, 500), java.nio.charset.StandardCharsets.UTF_8);
        return start.contains("\"catalogVersion\"") ? "; give CISA's list with --kev" : "";
    }

    private Table table(String origin, Optional<Table> former, boolean exploited)
            throws IOException, InterruptedException {
        var marks = Marks.NONE;
        Path list;
        if (Source.isRemote(origin)) {
            list = fresh("download");
            var answer =
                    new Downloads(limits).fetch(origin, former.map(Table::marks).orElse(Marks.NONE), list);
            if (answer.isEmpty() && former.isPresent()) {
                return former.get().seen(clock.instant());
            }
            marks = answer.orElse(Marks.NONE);
        } else {
            list = Path.of(origin);
            if (!Files.isRegularFile(list)) {
                throw UserError.unreadable("there is no such file").at(origin).fix("correct the path");
            }
        }
        var lists = new Lists(limits);
        var listing = exploited ? lists.exploited(list, origin) : lists.probabilities(list, origin);
        var path = fresh("table");
        CveTable.write(path, listing.pairs());
        return new Table(
                origin,
                String.valueOf(path.getFileName()),
                listing.pairs().size(),
                listing.published(),
                clock.instant(),
                marks,
                "");
    }

    private Path fresh(String kind) {
        return directory.resolve(kind + "-" + UUID.randomUUID() + ImportLock.EXTENSION);
    }
}
