package dev.stepzero.scan.packages.go;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.packages.version.VersionSchemes;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a <a href="https://go.dev/ref/mod#go-mod-file">{@code go.mod}</a> says. */
final class GoMod {
    private static final String FIRST_COMPLETE = "1.17";

    private final List<Required> required = new ArrayList<>();
    private final Map<String, Module> replacements = new HashMap<>();
    private final Set<String> excluded = new HashSet<>();
    private Optional<Module> language = Optional.empty();
    private Optional<Module> toolchain = Optional.empty();

    /**
     * A module.
     *
     * @param version with its {@code v}; empty for a directory
     * @param line where it is named, from 1
     */
    record Module(String path, String version, int line) {}

    /** A module that is asked for, by this one itself or through others. */
    record Required(Module module, boolean direct) {}

    private GoMod() {}

    /** Reads the lines; one that cannot be understood goes to the intake. */
    static GoMod read(TreeFile file, List<String> lines, Intake intake) {
        var mod = new GoMod();
        var block = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = GoModLine.of(lines.get(i));
            if (line.words().isEmpty()) {
                continue;
            }
            var first = line.words().getFirst();
            boolean opens = line.words().size() == 2 && line.words().getLast().equals("(");
            if (opens) {
                block = first;
            } else if (first.equals(")")) {
                block = "";
            } else {
                boolean inBlock = !block.isEmpty();
                var words = inBlock
                        ? line.words()
                        : line.words().subList(1, line.words().size());
                if (!mod.take(inBlock ? block : first, words, line.indirect(), i + 1)) {
                    intake.problem("this is no line of a go.mod", new Position(file.path(), i + 1, 1, i + 1));
                }
            }
        }
        return mod;
    }

    /** Takes one directive; unknown ones are for newer versions of Go. */
    private boolean take(String directive, List<String> words, boolean indirect, int line) {
        switch (directive) {
            case "require" -> {
                if (words.size() != 2) {
                    return false;
                }
                required.add(new Required(new Module(words.get(0), words.get(1), line), !indirect));
            }
            case "exclude" -> {
                if (words.size() != 2) {
                    return false;
                }
                excluded.add(key(words.get(0), words.get(1)));
            }
            case "replace" -> {
                return replace(words, line);
            }
            case "go" -> language = words.stream().findFirst().map(each -> new Module("stdlib", each, line));
            case "toolchain" ->
                toolchain = words.stream()
                        .findFirst()
                        .filter(each -> each.startsWith("go"))
                        .map(each -> new Module("stdlib", withoutSuffix(each.substring(2)), line));
            default -> {}
        }
        return true;
    }

    private boolean replace(List<String> words, int line) {
        int arrow = words.indexOf("=>");
        int after = words.size() - arrow - 1;
        if (arrow < 1 || arrow > 2 || after < 1 || after > 2) {
            return false;
        }
        var replacement = new Module(words.get(arrow + 1), after == 2 ? words.get(arrow + 2) : "", line);
        replacements.put(key(words.getFirst(), arrow == 2 ? words.get(1) : ""), replacement);
        return true;
    }

    private static String withoutSuffix(String toolchain) {
        int hyphen = toolchain.indexOf('-');
        return hyphen < 0 ? toolchain : toolchain.substring(0, hyphen);
    }

    private static String key(String path, String version) {
        return path + " " + version;
    }

    List<Required> required() {
        return required;
    }

    boolean excludes(Module module) {
        return excluded.contains(key(module.path(), module.version()));
    }

    /** The module that is built in place of another, or that itself; none where it is a directory. */
    Optional<Module> replaced(Module module) {
        var replacement = replacements.get(key(module.path(), module.version()));
        var built = replacement != null ? replacement : replacements.getOrDefault(key(module.path(), ""), module);
        return built.version().isEmpty()
                ? Optional.empty()
                : Optional.of(new Module(built.path(), built.version(), module.line()));
    }

    Optional<Module> standardLibrary() {
        return toolchain.or(() -> language);
    }

    /** Whether it names every module that is built. */
    boolean complete() {
        try {
            return language.isPresent()
                    && VersionSchemes.GO.compare(language.get().version(), FIRST_COMPLETE) >= 0;
        } catch (InvalidVersion e) {
            return false;
        }
    }
}
