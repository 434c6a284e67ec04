package dev.stepzero.scan.secrets;

import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.rules.secrets.Specimen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Trees with made-up credentials, and scans of them. */
final class Trees {
    private static final SplittableRandom RANDOM = new SplittableRandom(11);

    private Trees() {}

    /** One that was never issued, of a kind. */
    static String made(String rule) {
        return Specimen.of(SecretRulebook.builtIn().rule(rule).orElseThrow(), RANDOM);
    }

    static Path write(Path directory, String path, String text) throws IOException {
        return write(directory, path, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path directory, String path, byte[] bytes) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    static ScanReport scan(Path directory) throws InterruptedException {
        return scan(directory, SecretOptions.NONE);
    }

    /** Also what Git ignores. */
    static ScanReport scanAll(Path directory) throws InterruptedException {
        var home = new Home(directory.resolveSibling("home-of-" + directory.getFileName()));
        return new SecretScanner()
                .with(new ScanOptions(List.of(), List.of(), List.of(), Optional.empty(), Optional.of(home), true))
                .scan(new Subject.SourceTree("tree", directory));
    }

    static ScanReport scan(Path directory, SecretOptions options) throws InterruptedException {
        var home = new Home(directory.resolveSibling("home-of-" + directory.getFileName()));
        return new SecretScanner(SecretRulebook::builtIn, home, options)
                .scan(new Subject.SourceTree("tree", directory));
    }
}
