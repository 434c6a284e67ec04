package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.SuppressionComments;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.HclJson;
import dev.stepzero.scan.terraform.hcl.HclParser;
import dev.stepzero.scan.terraform.hcl.ParsedFile;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Terraform's own files in a tree, parsed and sorted by what they are for. */
final class SourceTree {
    private static final String DOWNLOADED = ".terraform/";
    private static final String MANIFEST = ".terraform/modules/modules.json";
    private static final String LOCK = ".terraform.lock.hcl";

    private final Map<String, Map<String, Body>> values = new HashMap<>();
    private final Map<String, Body> locks = new HashMap<>();
    private final Map<String, Map<String, String>> installed = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> commented = ConcurrentHashMap.newKeySet();

    static boolean isConfiguration(TreeFile file) {
        return file.path().endsWith(".tf") || file.path().endsWith(".tf.json");
    }

    static boolean isDownloaded(String path) {
        return path.startsWith(DOWNLOADED) || path.contains("/" + DOWNLOADED);
    }

    /** A parsed file, or why it cannot be. */
    private record Parsed(TreeFile file, @Nullable ParsedFile tree, String problem) {}

    /** Reads them all, and puts the configuration together to modules, by their directory. */
    Map<String, Module> read(TreeFiles files, Intake intake) {
        var modules = new TreeMap<String, ModuleAssembly>();
        var overriding = new ArrayList<Parsed>();
        for (var parsed : parse(wanted(files, intake))) {
            if (!taken(parsed, intake) || parsed.tree() == null) {
                continue;
            }
            var file = parsed.file();
            sizes.merge(file.directory(), file.size(), Long::sum);
            var name = file.name();
            var body = parsed.tree().body();
            if (name.equals(LOCK)) {
                locks.put(file.directory(), body);
            } else if (!isConfiguration(file)) {
                values.computeIfAbsent(file.directory(), directory -> new HashMap<>())
                        .put(name, body);
            } else if (ModuleAssembly.overrides(name)) {
                overriding.add(parsed);
            } else {
                modules.computeIfAbsent(file.directory(), directory -> new ModuleAssembly())
                        .add(body, false);
            }
        }
        for (var parsed : overriding) {
            if (parsed.tree() != null) {
                modules.computeIfAbsent(parsed.file().directory(), directory -> new ModuleAssembly())
                        .add(parsed.tree().body(), true);
            }
        }
        var assembled = new LinkedHashMap<String, Module>();
        modules.forEach((directory, assembly) -> assembled.put(directory, assembly.module(directory)));
        return assembled;
    }

    /** A file with values for variables, wherever it lies. */
    Optional<Body> valueFile(TreeFile file, Intake intake) {
        var parsed = parse(file);
        return taken(parsed, intake) && parsed.tree() != null
                ? Optional.of(parsed.tree().body())
                : Optional.empty();
    }

    /** The files to parse; of what was downloaded only the modules that are in use. */
    private List<TreeFile> wanted(TreeFiles files, Intake intake) {
        var all = new ArrayList<>(files.all());
        files.leftOut(SourceTree::isConfiguration).stream()
                .filter(file -> isDownloaded(file.path()))
                .forEach(all::add);
        for (var file : all) {
            if (file.path().equals(MANIFEST) || file.path().endsWith("/" + MANIFEST)) {
                manifest(parse(file), intake);
            }
        }
        var used = new HashSet<String>();
        installed.values().forEach(each -> used.addAll(each.values()));
        var wanted = new ArrayList<TreeFile>();
        for (var file : all) {
            var name = file.name();
            if ((isConfiguration(file) && (!isDownloaded(file.path()) || used.contains(file.directory())))
                    || VariableFiles.isTaken(name)
                    || name.equals(LOCK)) {
                wanted.add(file);
            }
        }
        return wanted;
    }

    private List<Parsed> parse(List<TreeFile> files) {
        return IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> parse(files.get(i)))
                .toList();
    }

    private Parsed parse(TreeFile file) {
        try {
            var text = file.text();
            if (file.name().endsWith(".tfvars") && SuppressionComments.mayStandIn(text)) {
                commented.add(file.path());
            }
            return new Parsed(
                    file,
                    file.path().endsWith(".json")
                            ? HclJson.parse(file.path(), text)
                            : HclParser.parse(file.path(), text),
                    "");
        } catch (TreeFile.UnreadableFile e) {
            return new Parsed(file, null, String.valueOf(e.getMessage()));
        }
    }

    private static boolean taken(Parsed parsed, Intake intake) {
        var path = parsed.file().path();
        if (parsed.tree() == null) {
            intake.unreadable(path, parsed.problem());
            return false;
        }
        intake.parsed(path);
        parsed.tree().problems().forEach(each -> intake.problem(each.message(), each.position()));
        return true;
    }

    /** What {@code terraform init} noted: where it put the modules, by the dotted path of their calls. */
    private void manifest(Parsed parsed, Intake intake) {
        if (!taken(parsed, intake) || parsed.tree() == null) {
            return;
        }
        var directory = parsed.file().directory();
        var root = directory.equals(".terraform/modules")
                ? ""
                : directory.substring(0, directory.length() - "/.terraform/modules".length());
        var found = new HashMap<String, String>();
        var expressions =
                new Expressions(new Limits(new Allowance(0), parsed.file().size()));
        for (var attribute : parsed.tree().body().attributes()) {
            if (attribute.name().equals("Modules")
                    && expressions.evaluate(attribute.value(), Scope.of(NoNames.HERE))
                            instanceof Value.Sequence(var entries)) {
                for (var entry : entries) {
                    entry(entry.value(), root, entry.position(), found, intake);
                }
            }
        }
        installed.put(root, found);
    }

    private static void entry(Value entry, String root, Position position, Map<String, String> found, Intake intake) {
        if (entry instanceof Value.Mapping map
                && map.get("Key") instanceof Value.Text(var key)
                && map.get("Dir") instanceof Value.Text(var directory)
                && !key.isEmpty()) {
            TreePaths.resolve(root, directory)
                    .ifPresentOrElse(
                            resolved -> found.put(key, resolved),
                            () -> intake.problem("the module directory leads out of the tree", position));
        }
    }

    /** Whether comments that accept findings may stand in a file with values. */
    boolean hasComments(String file) {
        return commented.contains(file);
    }

    /** The size of all configuration. */
    long characters() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The size of a directory's configuration. */
    long characters(String directory) {
        return sizes.getOrDefault(directory, 0L);
    }

    /** Where downloaded modules of a root lie, by the dotted path of their calls. */
    Map<String, String> installed(String root) {
        return installed.getOrDefault(root, Map.of());
    }

    Optional<Body> lock(String root) {
        return Optional.ofNullable(locks.get(root));
    }

    /** The files that give a root's variables their values, the one that wins last. */
    List<Body> values(String root, List<Body> extra) {
        var named = values.getOrDefault(root, Map.of());
        var ordered = new ArrayList<Body>();
        for (var name : VariableFiles.ordered(named.keySet())) {
            ordered.add(named.getOrDefault(name, new Body(List.of(), List.of(), Position.NONE)));
        }
        ordered.addAll(extra);
        return ordered;
    }
}
