package dev.stepzero.scan.fuzz;

import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.sarif.SarifInput;
import dev.stepzero.scan.sarif.SarifScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;

/** What another tool wrote in SARIF, or what somebody made up. */
public final class SarifFuzz {
    private static final OneFile FILE = new OneFile("results.sarif");
    private static final SarifScanner SCANNER =
            new SarifScanner(List.of(SarifInput.of(FILE.file())), List.of("/workspace"), "", Clock.systemUTC());

    private SarifFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        Files.write(FILE.file(), input);
        try {
            SCANNER.scan(new Subject.SourceTree("fuzz", FILE.root()));
        } catch (UserError _) {
            // What is no SARIF is told so.
        }
    }
}
