package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Feed;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Holding;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Marks;
import dev.stepzero.scan.vulnerabilities.database.Catalogue.Table;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file that names the database's files. Replacing it is what switches from the old database to the new one. */
final class CatalogueFile {
    private static final String NAME = "database.json";
    private static final int FORMAT = 1;

    private final Path file;
    private final JsonMapper json = JsonMapper.shared();

    CatalogueFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /** What is there; empty where nothing was ever imported. @throws UserError if the file is damaged */
    Optional<Catalogue> read() {
        try {
            var root = json.readTree(Files.readString(file));
            if (root.path("format").asInt(0) != FORMAT) {
                throw new DateTimeException("of another format");
            }
            var feeds = new ArrayList<Feed>();
            root.path("feeds").forEach(each -> feeds.add(feed(each)));
            return Optional.of(new Catalogue(feeds, table(root.path("exploited")), table(root.path("probabilities"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException | DateTimeException e) {
            throw UserError.unreadable("the database cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .fix("delete the directory %s and import again: stepzero db import PATH"
                            .formatted(file.getParent()))
                    .because(e);
        }
    }

    private static Feed feed(JsonNode node) {
        var ecosystems = new HashMap<String, Holding>();
        node.path("ecosystems")
                .properties()
                .forEach(each -> ecosystems.put(
                        each.getKey(),
                        new Holding(
                                each.getValue().path("records").asInt(0),
                                each.getValue().path("newest").asString(""))));
        return new Feed(
                node.path("origin").asString(""),
                node.path("location").asString(""),
                node.path("file").asString(""),
                node.path("records").asInt(0),
                node.path("withdrawn").asInt(0),
                ecosystems,
                Instant.parse(node.path("imported").asString("")),
                marks(node),
                node.path("failure").asString(""));
    }

    private static Optional<Table> table(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Table(
                node.path("origin").asString(""),
                node.path("file").asString(""),
                node.path("entries").asInt(0),
                node.path("published").asString(""),
                Instant.parse(node.path("imported").asString("")),
                marks(node),
                node.path("failure").asString("")));
    }

    private static Marks marks(JsonNode node) {
        return new Marks(
                node.path("etag").asString(""), node.path("lastModified").asString(""));
    }

    /** Puts another in its place, in one step that holds after a crash. */
    void write(Catalogue catalogue) throws IOException {
        var temporary = file.resolveSibling(NAME + ".new");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(
                    json.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(catalogue))));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private ObjectNode tree(Catalogue catalogue) {
        var root = json.createObjectNode().put("format", FORMAT);
        var feeds = root.putArray("feeds");
        for (var feed : catalogue.feeds()) {
            var node = feeds.addObject()
                    .put("origin", feed.origin())
                    .put("location", feed.location())
                    .put("file", feed.file())
                    .put("records", feed.records())
                    .put("withdrawn", feed.withdrawn())
                    .put("imported", feed.imported().toString());
            put(node, feed.marks(), feed.failure());
            var ecosystems = node.putObject("ecosystems");
            feed.ecosystems()
                    .forEach((name, holding) -> ecosystems
                            .putObject(name)
                            .put("records", holding.records())
                            .put("newest", holding.newest()));
        }
        catalogue.exploited().ifPresent(table -> put(root.putObject("exploited"), table));
        catalogue.probabilities().ifPresent(table -> put(root.putObject("probabilities"), table));
        return root;
    }

    private static void put(ObjectNode node, Table table) {
        node.put("origin", table.origin())
                .put("file", table.file())
                .put("entries", table.entries())
                .put("published", table.published())
                .put("imported", table.imported().toString());
        put(node, table.marks(), table.failure());
    }

    private static void put(ObjectNode node, Marks marks, String failure) {
        node.put("etag", marks.etag()).put("lastModified", marks.lastModified()).put("failure", failure);
    }
}
