package dev.stepzero.scan.code.java.program;

import dev.stepzero.scan.classes.Allowance;
import dev.stepzero.scan.classes.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The classes of a directory or archive, with those first that this Java prefers: of a multi-release archive those for
 * the newest release that is not newer than it. A directory counts as what will be packed as one.
 */
final class Releases {
    private static final Pattern LATER =
            Pattern.compile("META-INF/versions/(?<release>[1-9][0-9]{0,3})/(?<file>(?!META-INF/).+)");
    private static final int FIRST = 9;

    private Releases() {}

    /**
     * A class's file.
     *
     * @param name the class that it must be, as the JVM writes it; empty where the JVM may look for it otherwise
     * @param release the release of Java that it is for; 0 for all
     */
    record ClassFileName(String file, String name, int release) {
        boolean isFor(String type) {
            return name.isEmpty() || name.equals(type);
        }
    }

    /** The class files among all files; what only another Java would load is left out. */
    static List<ClassFileName> of(Archive archive, List<String> files, Allowance allowance) {
        boolean several = isMultiRelease(archive, files, allowance);
        var all = new ArrayList<ClassFileName>();
        for (var file : files) {
            var later = LATER.matcher(file);
            if (!file.endsWith(".class") || file.endsWith("module-info.class")) {
                continue;
            }
            if (later.matches()) {
                int release = Integer.parseInt(later.group("release"));
                if (several && release >= FIRST && release <= Runtime.version().feature()) {
                    all.add(new ClassFileName(file, later.group("file").replaceFirst("[.]class$", ""), release));
                }
            } else if (!Program.inRoot(file).startsWith("META-INF/")) {
                all.add(new ClassFileName(file, "", 0));
            }
        }
        all.sort(Comparator.comparingInt(ClassFileName::release).reversed());
        return all;
    }

    /** How many class files are for other releases only, so that none of their classes is loaded by this Java. */
    static long leftOut(List<String> files, List<ClassFileName> taken) {
        long all = files.stream()
                .filter(file -> file.endsWith(".class") && !file.endsWith("module-info.class"))
                .filter(file -> LATER.matcher(Program.inRoot(file)).matches())
                .count();
        return all - taken.stream().filter(each -> each.release() > 0).count();
    }

    private static boolean isMultiRelease(Archive archive, List<String> files, Allowance allowance) {
        if (files.stream().noneMatch(file -> LATER.matcher(file).matches())) {
            return false;
        }
        if (Files.isDirectory(archive.path())) {
            return true;
        }
        try (var in = new ByteArrayInputStream(archive.bytes("META-INF/MANIFEST.MF", allowance))) {
            return "true".equalsIgnoreCase(new Manifest(in).getMainAttributes().getValue("Multi-Release"));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
