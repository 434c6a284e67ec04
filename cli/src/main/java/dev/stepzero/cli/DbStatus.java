package dev.stepzero.cli;

import dev.stepzero.govern.json.JsonWriter;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.scan.vulnerabilities.database.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** What the database holds, for people and for programs. */
final class DbStatus {
    private static final String ROW = "%-24s %9s  %-12s %-22s %s%n";

    private final Catalogue catalogue;
    private final Path directory;
    private final Instant now;
    private final TreeMap<String, Integer> records = new TreeMap<>();
    private final TreeMap<String, String> sources = new TreeMap<>();

    DbStatus(Catalogue catalogue, Path directory, Instant now) {
        this.catalogue = catalogue;
        this.directory = directory;
        this.now = now;
        var most = new TreeMap<String, Integer>();
        for (var feed : catalogue.feeds()) {
            feed.ecosystems().forEach((ecosystem, holding) -> {
                records.merge(ecosystem, holding.records(), Integer::sum);
                if (holding.records() > most.getOrDefault(ecosystem, 0)) {
                    most.put(ecosystem, holding.records());
                    sources.put(ecosystem, feed.location());
                }
            });
        }
    }

    void table(Terminal terminal) {
        var out = terminal.out();
        if (catalogue.feeds().isEmpty()) {
            terminal.err().println("there are no advisories yet; import some: stepzero db import PATH");
        } else {
            out.printf(ROW, "ECOSYSTEM", "RECORDS", "AGE", "AS OF", "LARGEST SOURCE");
            records.forEach((ecosystem, count) -> out.printf(
                    ROW,
                    Shown.line(ecosystem),
                    count,
                    age(catalogue.asOf(ecosystem)),
                    day(catalogue.asOf(ecosystem)),
                    Shown.line(sources.getOrDefault(ecosystem, ""))));
            out.printf("%n%d records, %d of them withdrawn%n", sum(false), sum(true));
        }
        table(out, "exploited (KEV)", catalogue.exploited());
        table(out, "probability (EPSS)", catalogue.probabilities());
        for (var feed : catalogue.feeds()) {
            if (!feed.failure().isEmpty()) {
                out.printf("not refreshed: %s: %s%n", Shown.line(feed.location()), Shown.line(feed.failure()));
            }
        }
        out.flush();
    }

    private void table(PrintWriter out, String name, Optional<Catalogue.Table> table) {
        table.ifPresentOrElse(
                each -> out.printf(
                        "%s: %d entries, published %s, imported %s, from %s%s%n",
                        name,
                        each.entries(),
                        each.published().isEmpty() ? "at an unknown time" : Shown.line(each.published()),
                        day(Optional.of(each.imported())),
                        Shown.line(each.origin()),
                        each.failure().isEmpty() ? "" : "; not refreshed: " + Shown.line(each.failure())),
                () -> out.printf("%s: none%n", name));
    }

    private int sum(boolean withdrawn) {
        return catalogue.feeds().stream()
                .mapToInt(feed -> withdrawn ? feed.withdrawn() : feed.records())
                .sum();
    }

    private String age(Optional<Instant> asOf) {
        return asOf.map(each -> Math.max(0, Duration.between(each, now).toDays()) + " days")
                .orElse("unknown");
    }

    private static String day(Optional<Instant> instant) {
        return instant.map(each -> each.toString().substring(0, 10)).orElse("unknown");
    }

    void json(PrintWriter out) throws IOException {
        var json = new JsonWriter(out);
        json.object();
        json.field("directory", directory.toString());
        json.field("records", sum(false)).field("withdrawn", sum(true));
        json.name("ecosystems").array();
        for (var each : records.entrySet()) {
            json.object().field("ecosystem", each.getKey()).field("records", each.getValue());
            asOf(json, catalogue.asOf(each.getKey()));
            json.field("source", sources.getOrDefault(each.getKey(), "")).endObject();
        }
        json.endArray();
        json.name("sources").array();
        for (var feed : catalogue.feeds()) {
            json.object().field("origin", feed.origin()).field("location", feed.location());
            json.field("records", feed.records()).field("withdrawn", feed.withdrawn());
            json.field("imported", feed.imported().toString());
            json.field("failure", feed.failure()).endObject();
        }
        json.endArray();
        table(json, "exploited", catalogue.exploited());
        table(json, "probabilities", catalogue.probabilities());
        json.endObject().end();
        out.flush();
    }

    private void asOf(JsonWriter json, Optional<Instant> asOf) throws IOException {
        if (asOf.isEmpty()) {
            json.name("asOf").nothing();
            json.name("ageDays").nothing();
        } else {
            json.field("asOf", asOf.get().toString());
            json.field("ageDays", Math.max(0, Duration.between(asOf.get(), now).toDays()));
        }
    }

    private void table(JsonWriter json, String name, Optional<Catalogue.Table> table) throws IOException {
        if (table.isEmpty()) {
            json.name(name).nothing();
            return;
        }
        var each = table.get();
        json.name(name).object().field("origin", each.origin()).field("entries", each.entries());
        json.field("published", each.published())
                .field("imported", each.imported().toString());
        json.field("ageDays", Math.max(0, Duration.between(each.imported(), now).toDays()));
        json.field("failure", each.failure()).endObject();
    }
}
