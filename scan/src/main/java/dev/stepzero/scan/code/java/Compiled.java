package dev.stepzero.scan.code.java;

import dev.stepzero.core.Coverage;
import dev.stepzero.scan.classes.Modules;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a build left of a Java program in a tree: directories of classes, or where there is none the archives that were
 * packed; and what it did not leave.
 *
 * @param paths directories and archives of the program's own classes
 */
record Compiled(List<Path> paths, Coverage coverage) {
    private static final Pattern PACKED = Pattern.compile(
            "(?<module>|.*/)(target|build/libs)/(?!original-)[^/]*(?<!-sources|-javadoc|-tests|-plain)[.][jw]ar");
    private static final String STALE = ": its Java code was judged as it was then; build it again";
    private static final Pattern ARCHIVE = Pattern.compile(".*[.][jw]ar");

    static Compiled in(TreeFiles files) {
        var modules = new Modules(files);
        var paths = new ArrayList<>(modules.outputs());
        if (!modules.areCompiled()) {
            paths.clear();
            var left = files.leftOut(Modules::isOfProgram);
            boolean alone = files.all().size() == 1 && left.isEmpty();
            for (var file : (Iterable<TreeFile>) Stream.concat(files.all().stream(), left.stream())::iterator) {
                if (alone ? ARCHIVE.matcher(file.path()).matches() : isPacked(file, files)) {
                    paths.add(file.location());
                }
            }
        }
        return new Compiled(List.copyOf(paths), coverage(files, modules, paths.isEmpty()));
    }

    /** What a build left may be ignored, but where its module is, it is none of ours. */
    private static boolean isPacked(TreeFile file, TreeFiles files) {
        var packed = PACKED.matcher(file.path());
        return packed.matches() && !files.isLeftOut(packed.group("module").replaceFirst("/$", ""));
    }

    private static Coverage coverage(TreeFiles files, Modules modules, boolean none) {
        var skipped = new ArrayList<Coverage.Skipped>();
        var notes = new ArrayList<String>();
        if (none) {
            if (files.all().stream().map(TreeFile::path).anyMatch(path -> path.endsWith(".java"))) {
                notes.add("Java code was not judged: the tree holds no compiled classes; build first");
            }
        } else if (modules.areCompiled()) {
            for (var module : modules.names()) {
                modules.gap(module)
                        .ifPresent(gap -> skipped.add(new Coverage.Skipped(
                                module.isEmpty() ? "." : module,
                                gap
                                        + (modules.isCompiled(module)
                                                ? STALE
                                                : ": its Java code is judged after a build"))));
            }
        }
        return new Coverage(files.all().size(), 0, 0, skipped, notes);
    }
}
