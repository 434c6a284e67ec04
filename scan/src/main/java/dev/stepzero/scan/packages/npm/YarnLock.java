package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.document.LockGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lockfile of Yarn 1. It looks like YAML but is not: an entry is headed by all the patterns that it answers, and keys
 * and values are parted by a space.
 */
final class YarnLock {
    private final LockGraph graph = new LockGraph();
    private final Map<String, String> idsByPattern = new HashMap<>();

    /** An entry while it is read. */
    private static final class Entry {
        private final List<String> patterns;
        private final int line;
        private final Map<String, String> required = new HashMap<>();
        private final Map<String, String> optional = new HashMap<>();
        private String version = "";
        private String resolved = "";

        Entry(List<String> patterns, int line) {
            this.patterns = patterns;
            this.line = line;
        }
    }

    private YarnLock() {}

    static LockGraph read(List<String> lines, String directory, Projects projects) {
        var lock = new YarnLock();
        var entries = entries(lines);
        entries.forEach(lock::add);
        entries.forEach(lock::connect);
        projects.lock(directory);
        for (var manifest : projects.family(directory)) {
            projects.lock(manifest.file().directory());
            Requests.of(manifest.root()).forEach((name, request) -> {
                var id = lock.idsByPattern.get(name + "@" + request.text());
                if (id != null) {
                    lock.graph.root(id, request.scope());
                }
            });
        }
        return lock.graph;
    }

    private static List<Entry> entries(List<String> lines) {
        var entries = new ArrayList<Entry>();
        var group = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).stripTrailing();
            int indent = line.length() - line.stripLeading().length();
            var words = words(line);
            if (words.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (indent == 0) {
                entries.add(new Entry(words, i + 1));
                group = "";
            } else if (!entries.isEmpty() && indent <= 2) {
                group = line.endsWith(":") ? words.getFirst() : "";
                property(entries.getLast(), words);
            } else if (!entries.isEmpty() && words.size() > 1) {
                switch (group) {
                    case "dependencies" -> entries.getLast().required.put(words.getFirst(), words.get(1));
                    case "optionalDependencies" -> entries.getLast().optional.put(words.getFirst(), words.get(1));
                    default -> {}
                }
            }
        }
        return entries;
    }

    private static void property(Entry entry, List<String> words) {
        if (words.size() > 1 && words.getFirst().equals("version")) {
            entry.version = words.get(1);
        } else if (words.size() > 1 && words.getFirst().equals("resolved")) {
            entry.resolved = words.get(1);
        }
    }

    /** The words of a line, be they in quotes, without the commas and colons between them. */
    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ' || c == ',' || c == '\t') {
                at++;
            } else if (c == '"') {
                int end = line.indexOf('"', at + 1);
                end = end < 0 ? line.length() : end;
                words.add(line.substring(at + 1, end));
                at = end + 1;
            } else {
                int end = at;
                while (end < line.length() && " ,\t".indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                words.add(withoutColon(line.substring(at, end)));
                at = end;
            }
        }
        words.removeIf(word -> word.isEmpty() || word.equals(":"));
        return words;
    }

    private static String withoutColon(String word) {
        return word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
    }

    private void add(Entry entry) {
        var id = entry.patterns.getFirst();
        entry.patterns.forEach(pattern -> idsByPattern.putIfAbsent(pattern, id));
        if (!entry.version.isEmpty()) {
            NpmPackage.from(name(id), entry.version, entry.resolved).ifPresent(purl -> graph.add(id, purl, entry.line));
        }
    }

    /** Of {@code alias@npm:name@range} the name. */
    private static String name(String pattern) {
        var version = NpmPackage.versionOf(pattern);
        return NpmPackage.nameOf(version.startsWith("npm:") ? version.substring("npm:".length()) : pattern);
    }

    private void connect(Entry entry) {
        connect(entry, entry.required, false);
        connect(entry, entry.optional, true);
    }

    private void connect(Entry entry, Map<String, String> asked, boolean optional) {
        asked.forEach((name, range) -> {
            var id = idsByPattern.get(name + "@" + range);
            if (id != null) {
                graph.depends(entry.patterns.getFirst(), id, optional);
            }
        });
    }
}
