package dev.stepzero.ship.project;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a project is tested and packaged.
 *
 * @param label what people call the build system
 * @param kind what the image is made of
 * @param toolchain Debian packages that the commands need; the JDK comes beside them for Java
 * @param fetch fetches what the build needs, with network and without running any test; empty when nothing is needed
 * @param fetchInputs file names that decide what is fetched, wherever they lie in the project
 * @param test runs the tests without network
 * @param build packages the application without network
 * @param variables for all three commands, by name; in them and in the commands {@code {cache}} stands for a directory that
 *     outlives the run
 * @param reports directories where the tests leave JUnit XML
 * @param artifact where the packaged application lies: a file pattern or a directory
 * @param libraries a directory of jars beside a thin jar, as the manifest names it
 */
public record BuildPlan(
        String label,
        Kind kind,
        List<String> toolchain,
        String fetch,
        List<String> fetchInputs,
        String test,
        String build,
        Map<String, String> variables,
        List<String> reports,
        String artifact,
        String libraries) {

    /** What the image is made of. */
    public enum Kind {
        /** A jar on a jlinked runtime. */
        JAVA,
        /** A directory of files that an interpreter from a Debian package runs. */
        NODE,
        PYTHON,
        /** A static executable. */
        BINARY
    }

    public BuildPlan {
        toolchain = List.copyOf(toolchain);
        fetchInputs = List.copyOf(fetchInputs);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
        reports = List.copyOf(reports);
    }

    /**
     * Whether the tests begin where packaging ended, in a copy of what it left. Compiled once, the very classes that are
     * shipped are tested; where packaging leaves out what only tests need, they begin with the sources.
     */
    public boolean testsWhatWasBuilt() {
        return kind == Kind.JAVA;
    }
}
