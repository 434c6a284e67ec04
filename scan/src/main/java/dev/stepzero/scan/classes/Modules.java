package dev.stepzero.scan.classes;

import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The modules of a source tree, by their directories, with what their builds left behind. */
public final class Modules {
    private static final String DIRECTORY = "(?<module>|(?:.*?/))";
    private static final Pattern OUTPUT = Pattern.compile(
            "^" + DIRECTORY + "(?<root>target/classes|build/classes/[^/]+/main|build/resources/main)/.*");
    private static final Pattern SOURCE =
            Pattern.compile("^" + DIRECTORY + "src/main/[^/]+/.*[.](java|kt|scala|groovy)$");
    private static final Pattern GENERATED = Pattern.compile("(^|/)(target|build|src)/");

    private static final Pattern OF_PROGRAM = Pattern.compile(
            ".*[.](java|kt|scala|groovy)|pom[.]xml|build[.](xml|sbt)|(build|settings)[.]gradle([.]kts)?");

    private final Map<String, Module> modules = new TreeMap<>();

    /** What is known of a module. */
    private static final class Module {
        private final Set<Path> outputs = new LinkedHashSet<>();
        private boolean hasSources;
        private boolean hasClasses;
        private long newestSource;
        private long newestClass;
    }

    public Modules(TreeFiles files) {
        files.all().forEach(this::take);
        for (var file : files.leftOut(Modules::isOfProgram)) {
            // What a module's build left is usually ignored; where the module is, it is none of ours.
            var output = OUTPUT.matcher(file.path());
            if (output.matches() && !files.isLeftOut(output.group("module").replaceFirst("/$", ""))) {
                take(file);
            }
        }
    }

    /** Whether a file says that there is a program for the JVM to build: a source, or what tells a build tool how. */
    public static boolean isOfProgram(TreeFile file) {
        return OF_PROGRAM.matcher(file.name()).matches();
    }

    private void take(TreeFile file) {
        var output = OUTPUT.matcher(file.path());
        if (output.matches() && isModule(output.group("module"))) {
            output(module(output.group("module")), file, output.group("module") + output.group("root"));
        } else {
            var source = SOURCE.matcher(file.path());
            if (source.matches() && isModule(source.group("module"))) {
                var module = module(source.group("module"));
                module.hasSources = true;
                module.newestSource = Math.max(module.newestSource, changed(file));
            }
        }
    }

    private static boolean isModule(String directory) {
        return !GENERATED.matcher(directory).find();
    }

    private Module module(String directory) {
        var name = directory.isEmpty() ? "" : directory.substring(0, directory.length() - 1);
        return modules.computeIfAbsent(name, each -> new Module());
    }

    private static void output(Module module, TreeFile file, String root) {
        int depth = Path.of(file.path()).getNameCount() - Path.of(root).getNameCount();
        Optional<Path> directory = Optional.of(file.location());
        for (int i = 0; i < depth; i++) {
            directory = directory.map(Path::getParent);
        }
        directory.ifPresent(module.outputs::add);
        if (file.name().endsWith(".class")) {
            module.hasClasses = true;
            module.newestClass = Math.max(module.newestClass, changed(file));
        }
    }

    private static long changed(TreeFile file) {
        try {
            return Files.getLastModifiedTime(file.location()).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The modules that have sources or classes, by their directories. */
    public List<String> names() {
        return List.copyOf(modules.keySet());
    }

    /** The directories of classes and resources of all modules. */
    public List<Path> outputs() {
        return modules.values().stream().flatMap(each -> each.outputs.stream()).toList();
    }

    /** Whether there are classes of any. */
    public boolean areCompiled() {
        return modules.values().stream().anyMatch(each -> each.hasClasses);
    }

    /** Whether there are classes of this module, be they old. */
    public boolean isCompiled(String directory) {
        var module = modules.get(directory);
        return module != null && module.hasClasses;
    }

    /** Why the classes of a module do not tell what its sources do; empty where they do. */
    public Optional<String> gap(String directory) {
        var module = modules.get(directory);
        var name = directory.isEmpty() ? "the project" : directory;
        if (module == null || (!module.hasSources && !module.hasClasses)) {
            return Optional.empty();
        }
        if (!module.hasClasses) {
            return Optional.of(name + " is not compiled");
        }
        return module.newestSource > module.newestClass
                ? Optional.of(name + " was changed after it was compiled")
                : Optional.empty();
    }
}
