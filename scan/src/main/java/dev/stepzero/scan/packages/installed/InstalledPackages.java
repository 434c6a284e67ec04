package dev.stepzero.scan.packages.installed;

import dev.stepzero.core.Coverage;
import dev.stepzero.scan.image.Entry;
import dev.stepzero.scan.image.EntryVisitor;
import dev.stepzero.scan.image.ImageFiles;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.image.RootFileSystem;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.installed.binary.ProgramModules;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes down what is installed while the files of an image stream by, and tells what is left of it when the layers are
 * laid over each other: what a later layer removed or replaced is not in the inventory. What an operating system's
 * package brought is that package's, whatever language it is written in.
 *
 * <pre>{@code
 * var packages = new InstalledPackages();
 * image.forEachEntry(packages);
 * var inventory = packages.inventory(files);
 * }</pre>
 */
public final class InstalledPackages implements EntryVisitor {
    /** Far more than the largest image holds; beyond it, what is found is counted but not kept. */
    private static final int MOST_FACTS = 1_000_000;

    private static final List<FileReader> READERS = List.of(
            new OsRelease(),
            new DpkgStatus(),
            new DpkgFiles(),
            new ChiselManifest(),
            new ApkDatabase(),
            new RpmPackages(),
            new JavaPackages(),
            new NodePackage(),
            new PythonPackage(),
            new CondaPackage(),
            new GemPackage(),
            new ComposerPackages(),
            new DotnetPackages());

    private final Map<Entry.Source, List<Fact>> facts = new HashMap<>();
    private int left = MOST_FACTS;

    /** What is installed in an image; reads every layer once. */
    public static Inventory of(OciImage image) throws InterruptedException {
        var packages = new InstalledPackages();
        var files = image.files(packages);
        return packages.inventory(files);
    }

    /** What is installed in a directory that is the root of a file system. */
    public static Inventory of(Path root) throws InterruptedException {
        var packages = new InstalledPackages();
        return packages.inventory(RootFileSystem.read(root, packages));
    }

    @Override
    public void visit(Entry entry, InputStream content) throws IOException {
        if (entry.kind() != Entry.Kind.FILE || entry.size() == 0) {
            return;
        }
        var reader = READERS.stream().filter(each -> each.takes(entry.path())).findFirst();
        if (reader.isPresent()) {
            take(entry, reader.get(), content);
            return;
        }
        var head = new byte[ProgramModules.HEAD];
        int length = content.readNBytes(head, 0, head.length);
        if (ProgramModules.isProgram(head, length)) {
            take(entry, new ProgramPackages(), new SequenceInputStream(new ByteArrayInputStream(head), content));
        }
    }

    private void take(Entry entry, FileReader reader, InputStream content) throws IOException {
        var found = new ArrayList<Fact>();
        try {
            reader.read(new FileContent(entry.path(), entry.size(), content), fact -> {
                if (left > 0) {
                    left--;
                    found.add(fact);
                }
            });
        } catch (UnreadableFile e) {
            found.add(new Fact.Unread("", String.valueOf(e.getMessage())));
        }
        if (!found.isEmpty()) {
            facts.put(entry.source(), found);
        }
    }

    /** What of all that was seen is there in the end. */
    public Inventory inventory(ImageFiles files) {
        return assembly(files).inventory();
    }

    /** What could not be read and is therefore missing in the inventory. */
    public List<Coverage.Skipped> unread(ImageFiles files) {
        var unread = new ArrayList<>(assembly(files).unread());
        if (left == 0) {
            unread.add(new Coverage.Skipped("", "it holds more than " + MOST_FACTS + " packages"));
        }
        return unread;
    }

    private Assembly assembly(ImageFiles files) {
        var assembly = new Assembly();
        for (var file : (Iterable<dev.stepzero.scan.image.ImageFile>) files.stream()::iterator) {
            Optional.ofNullable(facts.get(file.entry().source())).ifPresent(all -> assembly.add(file, all));
        }
        return assembly;
    }
}
