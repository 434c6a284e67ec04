package dev.stepzero.scan.packages.python;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.document.LockGraph;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The requirements files of a tree, with the files that they include: each is read once, in circles too. */
final class RequirementsTree {
    private static final Pattern NAME = Pattern.compile("(.*requirements.*|.*constraints.*)\\.(txt|in|pip)");
    private static final Pattern DEVELOPMENT = Pattern.compile(".*(dev|test|doc|lint|ci|check|typing|build|tool).*");

    /** Files that all include each other are followed only as far as this many lines. */
    private static final long MOST_LINES = 1_000_000;

    private final TreeFiles files;
    private final Intake intake;
    private long lines;
    private final Map<String, Optional<RequirementsFile>> read = new HashMap<>();
    private final Map<String, Scope> roots = new LinkedHashMap<>();

    RequirementsTree(TreeFiles files, Intake intake) {
        this.files = files;
        this.intake = intake;
        for (var file : files.all()) {
            if (isRequirements(file)) {
                roots.put(file.path(), scope(file));
            }
        }
    }

    /** Constraints are read only where they are included; of a source and what was made of it, what was made counts. */
    private boolean isRequirements(TreeFile file) {
        var name = file.name().toLowerCase(Locale.ROOT);
        boolean inDirectory = file.directory().endsWith("requirements") && name.endsWith(".txt");
        boolean named = NAME.matcher(name).matches() && !name.contains("constraints");
        boolean made = name.endsWith(".in")
                && files.at(file.path().replaceFirst("\\.in$", ".txt")).isPresent();
        return (named || inDirectory) && !made;
    }

    private static Scope scope(TreeFile file) {
        return DEVELOPMENT.matcher(file.name().toLowerCase(Locale.ROOT)).matches() ? Scope.DEVELOPMENT : Scope.RUNTIME;
    }

    void addTo(Inventory.Collector packages) throws InterruptedException {
        for (var root : roots.entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (lines > MOST_LINES) {
                intake.skipped(root.getKey(), "the requirements files include each other more often than is followed");
                continue;
            }
            add(root.getKey(), root.getValue(), packages);
        }
    }

    private void add(String root, Scope scope, Inventory.Collector packages) {
        var included = reached(root, false);
        var pins = pins(included);
        var graph = new LinkedHashMap<String, LockGraph>();
        for (var path : included) {
            var lines = file(path).map(RequirementsFile::requirements).orElse(List.of());
            graph.put(path, graph(lines, scope, pins));
        }
        graph.forEach((path, each) -> each.addTo(path, packages));
        tell(root, included, pins);
    }

    private static LockGraph graph(List<RequirementsFile.Line> lines, Scope scope, Map<String, String> pins) {
        var graph = new LockGraph();
        for (var line : lines) {
            var requirement = pinned(line.requirement(), pins);
            var id = Requirement.normal(requirement.name());
            graph.add(id, requirement.purl(), line.number());
            graph.scope(id, scope);
            if (line.via().isEmpty() || line.via().stream().anyMatch(Via::isProject)) {
                graph.root(id, scope);
            }
            line.via().stream()
                    .filter(via -> !Via.isProject(via))
                    .forEach(via -> graph.depends(Requirement.normal(via), id, false));
        }
        return graph;
    }

    private static Requirement pinned(Requirement requirement, Map<String, String> pins) {
        var pin = pins.get(Requirement.normal(requirement.name()));
        boolean open = requirement.version().isEmpty() && requirement.source().isEmpty();
        return open && pin != null ? requirement.withVersion(pin) : requirement;
    }

    /** The versions that the constraints of some files give. */
    private Map<String, String> pins(Set<String> paths) {
        var pins = new HashMap<String, String>();
        for (var path : paths) {
            for (var constraint : file(path).map(RequirementsFile::constraints).orElse(List.of())) {
                target(path, constraint).map(each -> reached(each, true)).orElse(Set.of()).stream()
                        .flatMap(each -> file(each).stream())
                        .flatMap(each -> each.requirements().stream())
                        .map(RequirementsFile.Line::requirement)
                        .filter(each -> !each.version().isEmpty())
                        .forEach(each -> pins.putIfAbsent(Requirement.normal(each.name()), each.version()));
            }
        }
        return pins;
    }

    /** A file and those that it includes. */
    private Set<String> reached(String root, boolean constraintsToo) {
        var reached = new LinkedHashSet<String>();
        var open = new ArrayDeque<String>();
        open.add(root);
        while (!open.isEmpty()) {
            var path = open.remove();
            if (lines <= MOST_LINES && reached.add(path)) {
                file(path).ifPresent(file -> {
                    lines += 1L + file.requirements().size() + file.includes().size();
                    file.includes().forEach(each -> target(path, each).ifPresent(open::add));
                    if (constraintsToo) {
                        file.constraints().forEach(each -> target(path, each).ifPresent(open::add));
                    }
                });
            }
        }
        return reached;
    }

    /** The file that a line of another names; what lies outside the tree is not read. */
    private Optional<String> target(String from, String relative) {
        int slash = from.lastIndexOf('/');
        var parts = new ArrayDeque<String>();
        for (var part : ((slash < 0 ? "" : from.substring(0, slash)) + "/" + relative).split("/", -1)) {
            if (part.equals("..") && parts.pollLast() == null) {
                return Optional.empty();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return Optional.of(String.join("/", parts))
                .filter(path -> files.at(path).isPresent());
    }

    private Optional<RequirementsFile> file(String path) {
        var known = read.get(path);
        if (known != null) {
            return known;
        }
        var file = files.at(path)
                .flatMap(each -> new ManifestText(each, intake).lines())
                .map(RequirementsFile::of);
        read.put(path, file);
        file.ifPresent(each -> each.unread()
                .forEach(line -> intake.problem(
                        "this line is no requirement that pip would take", new Position(path, line, 1, line))));
        return file;
    }

    private void tell(String root, Set<String> included, Map<String, String> pins) {
        var open = new ArrayList<String>();
        for (var path : included) {
            var file = file(path);
            file.ifPresent(each -> {
                each.requirements().stream()
                        .map(line -> pinned(line.requirement(), pins))
                        .filter(requirement -> requirement.version().isEmpty())
                        .forEach(requirement -> open.add(requirement.name()));
                each.includes().stream()
                        .filter(include -> target(path, include).isEmpty())
                        .forEach(include ->
                                intake.skipped(path, "it includes " + include + ", which is not in the tree"));
            });
        }
        if (!open.isEmpty()) {
            intake.skipped(root, Unmatched.reason(open));
        }
    }
}
