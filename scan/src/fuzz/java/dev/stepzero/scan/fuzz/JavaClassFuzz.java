package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.code.java.flow.Analysis;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Classes of a program, as a build left them, or as somebody made them up. */
public final class JavaClassFuzz {
    private static final OneFile FILE = new OneFile("A.class");
    private static final Knowledge KNOWLEDGE = Knowledge.with(List.of());

    private JavaClassFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        Files.write(FILE.file(), input);
        try (var program = Program.of(List.of(FILE.root()))) {
            new Analysis(program, KNOWLEDGE).hits();
        }
    }
}
