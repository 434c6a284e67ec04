package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The advisories on this machine, open for look-ups. What it read of stays as it is, whatever is imported meanwhile.
 * Safe for use by several threads until it is closed.
 */
public final class Database implements AutoCloseable {
    /** How often somebody may switch the database while it is opened. */
    private static final int ATTEMPTS = 5;

    private final Catalogue catalogue;
    private final Map<Catalogue.Feed, Segment> segments = new LinkedHashMap<>();
    private @Nullable CveTable exploited;
    private @Nullable CveTable probabilities;

    private Database(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Where it lies. */
    public static Path directory(Home home) {
        return home.root().resolve("vulnerabilities");
    }

    /**
     * Opens it.
     *
     * @return empty where nothing was imported
     * @throws UserError if a file of it is damaged
     */
    public static Optional<Database> open(Path directory) {
        for (int attempt = 1; ; attempt++) {
            var catalogue = new CatalogueFile(directory).read();
            if (catalogue.isEmpty()) {
                return Optional.empty();
            }
            var database = new Database(catalogue.get());
            try {
                database.openFiles(directory);
                return Optional.of(database);
            } catch (NoSuchFileException e) {
                // Somebody switched to a newer one in between.
                database.close();
                if (attempt == ATTEMPTS) {
                    throw unreadable(directory, e);
                }
            } catch (IOException e) {
                database.close();
                throw unreadable(directory, e);
            } catch (UserError e) {
                database.close();
                throw e;
            }
        }
    }

    private static UserError unreadable(Path directory, IOException problem) {
        return UserError.unreadable("the database cannot be read: " + problem.getMessage())
                .at(directory.toString())
                .fix("import again: stepzero db import PATH")
                .because(problem);
    }

    private void openFiles(Path directory) throws IOException {
        for (var feed : catalogue.feeds()) {
            segments.put(feed, Segment.open(directory.resolve(feed.file())));
        }
        if (catalogue.exploited().isPresent()) {
            exploited =
                    CveTable.open(directory.resolve(catalogue.exploited().get().file()));
        }
        if (catalogue.probabilities().isPresent()) {
            probabilities = CveTable.open(
                    directory.resolve(catalogue.probabilities().get().file()));
        }
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * An affected package of an advisory.
     *
     * @param head what the advisory is about; read when it is asked for
     */
    public record Entry(Affected affected, Supplier<Advisory.Head> head) {}

    /**
     * What advisories say of a package, of any version. Withdrawn ones say nothing.
     *
     * @param ecosystem with its release where it has one, in exactly this form
     */
    public List<Entry> find(String ecosystem, String name) {
        var found = new ArrayList<Entry>();
        var base = Keys.base(ecosystem);
        segments.forEach((feed, segment) -> {
            if (feed.ecosystems().containsKey(base)) {
                segment.find(ecosystem, name).forEach(entry -> found.add(new Entry(entry.affected(), entry::head)));
            }
        });
        return found;
    }

    /** The advisories with an identifier of their own or as an alias. */
    public List<Advisory.Head> byId(String id) {
        return segments.values().stream()
                .flatMap(segment -> segment.byId(id).stream())
                .toList();
    }

    /** What is known of any of these CVEs being exploited. */
    public Exploitation exploitation(Iterable<String> cves) {
        var all = Exploitation.NONE;
        for (var cve : cves) {
            all = all.and(exploitation(cve));
        }
        return all;
    }

    private Exploitation exploitation(String cve) {
        Optional<Exploitation.Known> known = Optional.empty();
        Optional<Double> probability = Optional.empty();
        if (exploited != null) {
            var packed = exploited.get(cve);
            known = packed.isPresent()
                    ? Optional.of(Exploitation.Known.unpacked(packed.getAsLong()))
                    : Optional.empty();
        }
        if (probabilities != null) {
            var bits = probabilities.get(cve);
            probability = bits.isPresent() ? Optional.of(Double.longBitsToDouble(bits.getAsLong())) : Optional.empty();
        }
        return new Exploitation(known, probability);
    }

    @Override
    public void close() {
        segments.values().forEach(Segment::close);
        if (exploited != null) {
            exploited.close();
        }
        if (probabilities != null) {
            probabilities.close();
        }
    }
}
