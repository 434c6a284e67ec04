package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.Subject;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.scan.iac.InfrastructureScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Comments that accept findings, ours and those of other scanners, at a resource that is always there. */
public final class SuppressionFuzz {
    private static final OneFile FILE = new OneFile("main.tf");
    private static final byte[] RESOURCE = "\nresource \"aws_s3_bucket\" \"a\" {}\n".getBytes(UTF_8);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);

    private SuppressionFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        var content = new ByteArrayOutputStream();
        content.writeBytes("# ".getBytes(UTF_8));
        content.writeBytes(input);
        content.writeBytes(RESOURCE);
        Files.write(FILE.file(), content.toByteArray());
        new InfrastructureScanner(() -> Rulebook.of(List.of()), CLOCK)
                .scan(new Subject.SourceTree("fuzz", FILE.root()));
    }
}
