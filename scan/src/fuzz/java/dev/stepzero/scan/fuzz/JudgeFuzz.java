package dev.stepzero.scan.fuzz;

import dev.stepzero.core.Subject;
import dev.stepzero.scan.iac.InfrastructureScanner;
import java.io.IOException;
import java.nio.file.Files;

/** A whole root module, judged by all built-in rules: their questions meet values that no author thought of. */
public final class JudgeFuzz {
    private static final OneFile FILE = new OneFile("main.tf");
    private static final InfrastructureScanner SCANNER = new InfrastructureScanner();

    private JudgeFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        Files.write(FILE.file(), input);
        SCANNER.scan(new Subject.SourceTree("fuzz", FILE.root()));
    }
}
