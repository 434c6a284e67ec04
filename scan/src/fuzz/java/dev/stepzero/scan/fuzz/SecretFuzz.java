package dev.stepzero.scan.fuzz;

import dev.stepzero.core.Home;
import dev.stepzero.core.Subject;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.secrets.SecretOptions;
import dev.stepzero.scan.secrets.SecretScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of any sort, searched for secrets: text, archives, UTF-16, base64. */
public final class SecretFuzz {
    private static final OneFile FILE = new OneFile("any");
    private static final Path ROOT = FILE.root();
    private static final SecretRulebook RULES = SecretRulebook.builtIn();
    private static final SecretScanner SCANNER =
            new SecretScanner(() -> RULES, new Home(ROOT.resolveSibling("home-of-secrets")), SecretOptions.NONE);

    private SecretFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        Files.write(ROOT.resolve("any"), input);
        SCANNER.scan(new Subject.SourceTree("fuzz", ROOT));
    }
}
