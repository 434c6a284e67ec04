package dev.stepzero.ship.containers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The engine of the machine that the tests run on. */
public final class TestEngine {
    private TestEngine() {}

    /** The engine; without one the test is skipped, or fails where engines are required. */
    public static ContainerEngine require(Path home) throws InterruptedException {
        return switch (ContainerEngine.find(System.getenv(), home)) {
            case EngineSearch.Found(var engine) -> engine;
            case EngineSearch.Missing(var reason) -> throw missing("no container engine: " + reason);
        };
    }

    /** Sees to a program that the test needs; without it the test is skipped or fails likewise. */
    public static void requireProgram(Path program) {
        if (!Files.isExecutable(program)) {
            throw missing(program + " is not installed");
        }
    }

    private static RuntimeException missing(String reason) {
        if ("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            throw new AssertionError(reason);
        }
        return new TestAbortedException(reason);
    }
}
