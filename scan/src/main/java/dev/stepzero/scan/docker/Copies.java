package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads COPY and ADD, and where mounts come from. */
final class Copies {
    private static final List<String> ARCHIVES = List.of(
            ".tar",
            ".tar.gz",
            ".tgz",
            ".tar.bz2",
            ".tbz2",
            ".tbz",
            ".tar.xz",
            ".txz",
            ".tar.zst",
            ".gz",
            ".bz2",
            ".xz",
            ".tar.z",
            ".tz",
            ".lz",
            ".tlz",
            ".tar.lz",
            ".tar.lzma");

    private Copies() {}

    static void read(Statement statement, Settings settings, Stage stage, List<Stage> earlier, Attributes attributes) {
        var words = settings.words(statement, stage.variables);
        var destination = words.isEmpty() ? Value.ABSENT : words.getLast().value();
        var sources = new ArrayList<Located>();
        for (var word : words.subList(0, Math.max(0, words.size() - 1))) {
            sources.add(new Located(source(word), word.position()));
        }
        attributes.list("sources", sources).put("destination", destination);
        var names = new ArrayList<String>();
        statement.heredocs().forEach(heredoc -> names.add(heredoc.name()));
        attributes.texts("heredocs", names);
    }

    private static Value.Mapping source(Located word) {
        var attributes = new Attributes(word.position()).put("text", word.value());
        var kind = "path";
        if (word.value() instanceof Value.Text text) {
            kind = kind(text.value());
        } else if (word.value() instanceof Unknown unknown) {
            var prefix = kind(unknown.prefix());
            if (prefix.equals("path") && unknown.prefix().isEmpty()) {
                return attributes.put("kind", Unknown.because(unknown.chain())).build();
            }
            kind = prefix;
        }
        return attributes.put("kind", kind).build();
    }

    private static String kind(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<<")) {
            return "heredoc";
        }
        if (lower.startsWith("git@") || lower.startsWith("git://") || lower.startsWith("ssh://") || git(lower)) {
            return "git";
        }
        if (lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("ftp://")) {
            return "url";
        }
        return ARCHIVES.stream().anyMatch(lower::endsWith) ? "archive" : "path";
    }

    private static boolean git(String text) {
        int hash = text.indexOf('#');
        return text.startsWith("http") && (hash < 0 ? text : text.substring(0, hash)).endsWith(".git");
    }

    /** What a name behind {@code from=} means here: an earlier stage, this one, one that comes later, or an image. */
    static String origin(Value from, Stage stage, List<Stage> earlier) {
        if (!(from instanceof Value.Text text)) {
            return "unknown";
        }
        var name = text.value();
        if (name.equalsIgnoreCase(stage.alias == null ? "" : stage.alias) || name.equals(String.valueOf(stage.index))) {
            return "self";
        }
        var named = BaseImage.named(name, earlier);
        if (named.isPresent()) {
            named.get().used = true;
            return "stage";
        }
        if (!name.isEmpty() && name.length() < 6 && name.chars().allMatch(Character::isDigit)) {
            int index = Integer.parseInt(name);
            if (index < earlier.size()) {
                earlier.get(index).used = true;
                return "stage";
            }
            return "missing";
        }
        return name.contains("/") || name.contains(":") || name.contains(".") || name.equals("scratch")
                ? "image"
                : "missing";
    }
}
