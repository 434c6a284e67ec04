package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Works out what each {@code pom.xml} gets, without running Maven: what its parents, its imports and its management say,
 * and what its dependencies bring in as far as their POMs are in the local repository. Nothing is fetched or guessed.
 */
public final class MavenReader implements ManifestReader {
    private static final String CONFIG = ".mvn/maven.config";

    /** A tree of a thousand modules with a large BOM needs a third of it; more would take minutes. */
    private static final long MOST_EFFORT = 10_000_000;

    private final LocalRepository repository;
    private final Machine machine;
    private final long mostEffort;

    /** Looks where Maven itself would, with the user and the machine that it runs on. */
    public MavenReader() {
        this(
                LocalRepository.of(Path.of(System.getProperty("user.home", "")), System.getenv()),
                Machine.here(),
                MOST_EFFORT);
    }

    /** Looks only in the local repository that lies in a directory. */
    public MavenReader(Path localRepository) {
        this(new LocalRepository(localRepository), Machine.here(), MOST_EFFORT);
    }

    MavenReader(LocalRepository repository, Machine machine, long mostEffort) {
        this.repository = repository;
        this.machine = machine;
        this.mostEffort = mostEffort;
    }

    @Override
    public void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException {
        var pool = new PomPool(files, repository, intake);
        var commandLines = commandLines(files, intake);
        var elsewhere = Circumstances.elsewhere(machine);
        var assembly = new Assembly(
                pool, pom -> pom.inTree() ? circumstances(pom, commandLines, files) : elsewhere, mostEffort);
        for (var pom : pool.tree()) {
            if (assembly.isExhausted()) {
                intake.skipped(pom.path(), "the projects of this tree have more dependencies than are followed");
                continue;
            }
            var effective = assembly.effective(pom);
            new ProjectPackages(pom, Mediation.of(effective, assembly), intake).addTo(packages);
        }
    }

    private static Map<String, CommandLine> commandLines(TreeFiles files, Intake intake) {
        var commandLines = new HashMap<String, CommandLine>();
        for (var file : files.all()) {
            if (file.path().equals(CONFIG) || file.path().endsWith("/" + CONFIG)) {
                new ManifestText(file, intake)
                        .text()
                        .ifPresent(text -> commandLines.put(above(above(file)), CommandLine.of(text)));
            }
        }
        return commandLines;
    }

    private static String above(TreeFile file) {
        return file.directory();
    }

    private static String above(String directory) {
        int slash = directory.lastIndexOf('/');
        return slash < 0 ? "" : directory.substring(0, slash);
    }

    /** The command line of the nearest directory above. */
    private Circumstances circumstances(Pom pom, Map<String, CommandLine> commandLines, TreeFiles files) {
        var directory = pom.directory();
        while (!directory.isEmpty() && !commandLines.containsKey(directory)) {
            directory = above(directory);
        }
        var commandLine = commandLines.getOrDefault(directory, CommandLine.NONE);
        return new Circumstances(
                commandLine.properties(),
                Set.copyOf(commandLine.profiles()),
                machine,
                path -> files.at(path).isPresent());
    }
}
