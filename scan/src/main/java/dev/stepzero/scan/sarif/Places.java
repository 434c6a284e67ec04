package dev.stepzero.scan.sarif;

import dev.stepzero.core.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Where results point, as places in the tree that is scanned. A file that lies outside of it is named as the tool named
 * it, and not read.
 */
final class Places {
    private static final int MOST_BASES = 10;
    private static final int MOST_PARTS = 40;
    private static final int MOST_KNOWN = 20_000;

    private final ToolRun run;
    private final SourceText sources;
    private final List<String> roots;
    private final String prefix;
    private final Map<String, Optional<String>> known = new HashMap<>();

    /**
     * Places of one run.
     *
     * @param roots directories, ending with a slash, in which the tool may have seen the tree
     * @param prefix the tree's directory relative to its repository; empty, or ending with a slash
     */
    Places(ToolRun run, SourceText sources, List<String> roots, String prefix) {
        this.run = run;
        this.sources = sources;
        this.prefix = prefix;
        this.roots = Stream.concat(roots.stream(), sources.root().map(root -> root + "/").stream())
                .toList();
    }

    /** The place of a location (section 3.28), under the name that a reader knows it by. */
    Location of(JsonNode location, String name) {
        var physical = location.path("physicalLocation");
        var artifact = physical.path("artifactLocation");
        var file = file(artifact);
        var region = physical.path("region");
        int first = whole(region.path("startLine"));
        if (first == 0 && file.isPresent() && region.path("charOffset").isNumber()) {
            first = sources.line(file.get(), region.path("charOffset").asInt(-1));
        }
        int last = first == 0 ? 0 : Math.max(first, whole(region.path("endLine")));
        var logical = logical(location);
        var called = name.isBlank() ? file.orElse(logical.isBlank() ? given(artifact) : logical) : name;
        if (file.isPresent()) {
            return new Location(called, file.get(), first, last);
        }
        var uri = located(artifact).path("uri").asString("");
        return uri.isBlank() || uri.endsWith("/") ? Location.of(called) : new Location(called, null, first, last);
    }

    /** The function, the class or the like that a location lies in; empty if it does not say. */
    static String logical(JsonNode location) {
        var first = location.path("logicalLocations").path(0);
        return Texts.cut(
                Texts.line(first.path("fullyQualifiedName")
                        .asString(first.path("name").asString(""))),
                300);
    }

    private static int whole(JsonNode number) {
        double value = number.asDouble(0);
        return value >= 1 && value < Integer.MAX_VALUE ? (int) value : 0;
    }

    private String given(JsonNode artifact) {
        var uri = located(artifact).path("uri").asString("");
        return uri.isBlank() ? run.name() : Texts.cut(Texts.line(uri), 300);
    }

    /** The location itself, or that of the artifact to which it refers by index (section 3.4.5). */
    private JsonNode located(JsonNode artifact) {
        int index = artifact.path("index").asInt(-1);
        return artifact.path("uri").asString("").isBlank() && index >= 0
                ? run.artifact(index).path("location")
                : artifact;
    }

    /** The path in the tree; empty for what lies outside of it. */
    private Optional<String> file(JsonNode artifact) {
        var located = located(artifact);
        var uri = located.path("uri").asString("");
        if (uri.isBlank()) {
            return Optional.empty();
        }
        var key = located.path("uriBaseId").asString("") + " " + uri;
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        var found = FileUri.of(uri)
                .flatMap(file -> file.absolute()
                        ? absolute(file.path())
                        : relative(file.path(), located.path("uriBaseId").asString("")));
        if (known.size() < MOST_KNOWN) {
            known.put(key, found);
        }
        return found;
    }

    private Optional<String> relative(String path, String base) {
        var whole = path;
        for (int i = 0; i < MOST_BASES && !base.isEmpty(); i++) {
            var above = FileUri.of(run.base(base).path("uri").asString(""));
            if (above.isPresent()) {
                var below = whole;
                whole = above.get().path() + (above.get().path().endsWith("/") ? "" : "/") + whole;
                if (above.get().absolute()) {
                    // What the base means here is not known; that it is the tree is most likely.
                    var here = here(below);
                    return here.isPresent() && sources.has(here.get())
                            ? here
                            : absolute(whole).or(() -> here);
                }
            }
            base = run.base(base).path("uriBaseId").asString("");
        }
        return here(whole);
    }

    /** A path relative to the repository, of which the tree may be a part. */
    private Optional<String> here(String path) {
        var normal = FileUri.normal(path);
        return normal.filter(each -> !prefix.isEmpty() && each.startsWith(prefix) && !sources.has(each))
                .map(each -> each.substring(prefix.length()))
                .or(() -> normal);
    }

    /** A path on the machine where the tool ran: below a known directory, or by its end a file of the tree. */
    private Optional<String> absolute(String path) {
        var normal = FileUri.normal(path).map(each -> "/" + each);
        if (normal.isEmpty()) {
            return Optional.empty();
        }
        for (var root : roots) {
            if (normal.get().startsWith(root)) {
                return here(normal.get().substring(root.length()));
            }
        }
        for (var base : run.bases()) {
            var above = FileUri.of(base.path("uri").asString("")).filter(FileUri::absolute);
            if (above.isPresent()
                    && above.get().path().length() > 1
                    && normal.get().startsWith(above.get().path())) {
                var below = here(normal.get().substring(above.get().path().length()));
                if (below.isPresent() && sources.has(below.get())) {
                    return below;
                }
            }
        }
        return end(normal.get());
    }

    /** The longest end of a path, of two parts at least, under which the tree has a file. */
    private Optional<String> end(String path) {
        int at = 0;
        for (int i = 0; i < MOST_PARTS; i++) {
            at = path.indexOf('/', at) + 1;
            if (at == 0 || path.indexOf('/', at) < 0) {
                return Optional.empty();
            }
            var end = path.substring(at);
            if (sources.has(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
