package dev.stepzero.scan.secrets;

import dev.stepzero.scan.tree.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;

/** Lists what a repository holds without following anything, for one whose commits or trees are broken. */
final class AllObjects {
    /** Twenty bytes each, as they are kept. */
    private static final int MOST = 4_000_000;

    private AllObjects() {}

    static List<ObjectId> of(ObjectDatabase database, ContentSearch.Report report) {
        var all = new ArrayList<ObjectId>();
        if (database instanceof ObjectDirectory directory) {
            for (var pack : directory.getPacks()) {
                try {
                    for (var entry : pack) {
                        add(all, entry.toObjectId());
                    }
                } catch (RuntimeException e) {
                    report.skipped(pack.getPackName(), "its index cannot be read: " + e.getMessage());
                }
            }
            loose(directory.getDirectory().toPath(), all, report);
        }
        return all;
    }

    private static void loose(Path objects, List<ObjectId> all, ContentSearch.Report report) {
        for (int i = 0; i < 256; i++) {
            var folder = objects.resolve("%02x".formatted(i));
            if (Files.isDirectory(folder)) {
                try (var files = Files.newDirectoryStream(folder)) {
                    for (var file : files) {
                        var name = folder.getFileName() + String.valueOf(file.getFileName());
                        if (name.matches("[0-9a-f]{" + Constants.OBJECT_ID_STRING_LENGTH + "}")) {
                            add(all, ObjectId.fromString(name));
                        }
                    }
                } catch (IOException e) {
                    report.skipped(folder.toString(), "it cannot be listed: " + FileFailure.reason(e));
                }
            }
        }
    }

    private static void add(List<ObjectId> all, ObjectId id) {
        if (all.size() < MOST) {
            all.add(id);
        }
    }
}
