package dev.stepzero.scan.tree;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The regular files of a tree, in the order of their paths. Links are never followed, so nothing outside is read. */
public final class TreeFiles {
    private static final Set<String> NEVER = Set.of(".git", "node_modules", ".stepzero");

    private final Map<String, TreeFile> files;

    private TreeFiles(List<TreeFile> files) {
        this.files = new LinkedHashMap<>(files.size() * 2);
        files.forEach(file -> this.files.put(file.path(), file));
    }

    /**
     * Lists a directory, or takes one file alone.
     *
     * @throws UserError if it is not there or cannot be listed; a directory further down that cannot goes to the intake
     */
    public static TreeFiles of(Path root, Intake intake) {
        if (Files.isRegularFile(root)) {
            return new TreeFiles(List.of(single(root)));
        }
        if (!Files.isDirectory(root)) {
            throw UserError.unreadable("there is no such file or directory")
                    .at(root.toString())
                    .fix("name a directory, or a file with infrastructure code");
        }
        var found = new ArrayList<TreeFile>();
        try {
            Files.walkFileTree(root, new Lister(root, found, intake));
        } catch (IOException e) {
            throw UserError.unreadable("the directory cannot be listed: " + e.getMessage())
                    .at(root.toString())
                    .because(e);
        }
        found.sort(Comparator.comparing(TreeFile::path));
        return new TreeFiles(found);
    }

    /** No files at all. */
    public static TreeFiles none() {
        return new TreeFiles(List.of());
    }

    private static TreeFile single(Path file) {
        try {
            return new TreeFile(String.valueOf(file.getFileName()), file, Files.size(file));
        } catch (IOException e) {
            throw UserError.unreadable("the file cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }

    public List<TreeFile> all() {
        return List.copyOf(files.values());
    }

    /** The file under a path relative to the tree. */
    public Optional<TreeFile> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static final class Lister extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<TreeFile> found;
        private final Intake intake;

        Lister(Path root, List<TreeFile> found, Intake intake) {
            this.root = root;
            this.found = found;
            this.intake = intake;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            var name = String.valueOf(directory.getFileName());
            if (directory.equals(root) || !NEVER.contains(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (name.equals("node_modules")) {
                intake.skipped(relative(directory), "packages that others wrote: nobody mends anything there");
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                found.add(new TreeFile(relative(file), file, attributes.size()));
            } else if (attributes.isSymbolicLink()) {
                intake.skipped(relative(file), "a link: what it leads to is read where it lies");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (Files.isSameFile(file, root)) {
                throw problem;
            }
            intake.unreadable(relative(file), "it cannot be read: " + problem.getMessage());
            return FileVisitResult.CONTINUE;
        }

        private String relative(Path file) {
            return root.relativize(file).toString().replace('\\', '/');
        }
    }
}
