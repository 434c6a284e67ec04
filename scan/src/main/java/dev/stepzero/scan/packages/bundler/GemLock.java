package dev.stepzero.scan.packages.bundler;

import dev.stepzero.core.Digest;
import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A lockfile of Bundler. Sections begin at the margin. In {@code GEM}, {@code GIT} and {@code PATH}, gems stand four
 * columns in, and what each asks for six; {@code DEPENDENCIES} has what the program itself asks for.
 */
final class GemLock {
    private static final Set<String> SOURCES = Set.of("GEM", "GIT", "PATH", "PLUGIN SOURCE");
    private static final String SHA256 = "sha256=";

    private final String path;
    private final Intake intake;
    private final List<Gem> gems = new ArrayList<>();
    private final Map<String, List<Gem>> byName = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Digest> checksums = new HashMap<>();
    private final Map<String, Scope> scopes = new HashMap<>();

    private String section = "";
    private String remote = "";
    private String revision = "";

    /** @param own whether it is the program itself, which has a gemspec beside the lockfile */
    private record Gem(GemEntry entry, PackageUrl purl, boolean own, int line, List<String> dependencies) {}

    GemLock(String path, Intake intake) {
        this.path = path;
        this.intake = intake;
    }

    GemLock read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).stripTrailing();
            int indent = line.length() - line.stripLeading().length();
            if (!line.isEmpty() && indent == 0) {
                section = line;
                remote = "";
                revision = "";
            } else if (SOURCES.contains(section)) {
                source(line, indent, i + 1);
            } else if (indent == 2 && section.equals("DEPENDENCIES")) {
                asked.add(GemEntry.of(line).name());
            } else if (indent == 2 && section.equals("CHECKSUMS")) {
                checksum(line);
            }
        }
        return this;
    }

    private void source(String line, int indent, int number) {
        if (indent == 2 && line.startsWith("  remote: ")) {
            remote = line.substring("  remote: ".length());
        } else if (indent == 2 && line.startsWith("  revision: ")) {
            revision = line.substring("  revision: ".length());
        } else if (indent == 4) {
            gem(GemEntry.of(line), number);
        } else if (indent == 6 && !gems.isEmpty()) {
            gems.getLast().dependencies().add(GemEntry.of(line).name());
        }
    }

    private void gem(GemEntry entry, int number) {
        if (entry.version().isEmpty()) {
            intake.problem("a gem without a version", new Position(path, number, 1, number));
            return;
        }
        var purl = PackageUrl.of("gem", "", entry.name(), entry.version()).with("platform", entry.platform());
        if (section.equals("GIT")) {
            purl = purl.with("vcs_url", "git+" + remote + (revision.isEmpty() ? "" : "@" + revision));
        }
        boolean own = section.equals("PATH") && (remote.equals(".") || remote.isEmpty());
        var gem = new Gem(entry, purl, own, number, new ArrayList<>());
        gems.add(gem);
        byName.computeIfAbsent(entry.name(), name -> new ArrayList<>()).add(gem);
    }

    private void checksum(String line) {
        int at = line.indexOf(SHA256);
        if (at > 0) {
            var hex = line.substring(at + SHA256.length()).split(",", 2)[0];
            if (hex.matches("[0-9a-f]{64}")) {
                checksums.put(GemEntry.of(line.substring(0, at)).written(), new Digest(hex));
            }
        }
    }

    void addTo(Inventory.Collector packages, Gemfile gemfile) {
        markAll(Scope.RUNTIME, name -> !gemfile.onlyForDevelopment(name));
        markAll(Scope.DEVELOPMENT, gemfile::onlyForDevelopment);
        gems.stream().filter(Gem::own).forEach(gem -> asked.addAll(gem.dependencies()));
        for (var gem : gems) {
            if (!gem.own()) {
                packages.add(component(gem));
                gem.dependencies().stream()
                        .flatMap(name -> byName.getOrDefault(name, List.of()).stream())
                        .forEach(dependency -> packages.depends(gem.purl(), dependency.purl()));
            }
        }
    }

    /** From what the program asks for on; what is reached for several ends keeps the first. */
    private void markAll(Scope scope, Predicate<String> wanted) {
        var waiting = new ArrayDeque<String>();
        asked.stream().filter(wanted).forEach(waiting::add);
        while (!waiting.isEmpty()) {
            var name = waiting.poll();
            if (scopes.putIfAbsent(name, scope) == null) {
                byName.getOrDefault(name, List.of()).forEach(gem -> waiting.addAll(gem.dependencies()));
            }
        }
    }

    private Component component(Gem gem) {
        return new Component(
                gem.purl(),
                scopes.getOrDefault(gem.entry().name(), Scope.RUNTIME),
                asked.contains(gem.entry().name()),
                List.of(Place.of(path, gem.line())),
                Optional.empty(),
                Optional.ofNullable(checksums.get(gem.entry().written())),
                List.of());
    }
}
