package dev.stepzero.ship.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Verdict;
import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.Attachments;
import dev.stepzero.ship.evidence.Dossier;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.project.ProjectReader;
import dev.stepzero.ship.review.Bypass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run leaves about an image, made by the same predicates and the same keys as the steps make it. */
final class TestRelease {
    static final Instant NOW = Instant.parse("2030-11-21T12:00:00Z");
    static final String COMMIT = "0f".repeat(20);

    final OciLayout layout;
    final Digest image;
    final KeyRing ring;
    Instant time = NOW;
    private SigningKey key;

    private TestRelease(OciLayout layout, Digest image, KeyRing ring) {
        this.layout = layout;
        this.image = image;
        this.ring = ring;
    }

    /** An image whose only layer is this text, in a layout, with nothing beside it. */
    static TestRelease of(Path directory, String content) {
        var layout = OciLayout.at(directory.resolve("layout"));
        var layer = content.getBytes(UTF_8);
        var config = "{\"os\":\"linux\"}".getBytes(UTF_8);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(Digest.of(config), config.length, Digest.of(layer), layer.length)
                .getBytes(UTF_8);
        for (var blob : List.of(layer, config, manifest)) {
            layout.put(blob);
        }
        return new TestRelease(layout, Digest.of(manifest), KeyRing.in(directory.resolve("keys"), clock()));
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    SignedEvidence sign(String subject, String type, Object predicate) throws InterruptedException {
        return new SignedEvidence(subject, type, new Attestor(key()).sign(subject, "invoicer", type, predicate));
    }

    /** The ring's first key, read once. */
    SigningKey key() throws InterruptedException {
        if (key == null) {
            key = ring.signing();
        }
        return key;
    }

    SignedEvidence provenance() throws InterruptedException {
        return provenance(image, COMMIT);
    }

    SignedEvidence provenance(Digest about, String from) throws InterruptedException {
        var commit = new Commit(from, "Ada <ada@example.org>", "Change", NOW, "https://git.example/invoicer");
        var project = new ProjectReader(
                        path -> path.equals("pom.xml") ? Optional.of("<project/>".getBytes(UTF_8)) : Optional.empty(),
                        "invoicer")
                .read();
        var base = List.of(new BuiltImage.Contained("libc6", "2.36-9+deb12u13", "amd64", Digest.of(new byte[1])));
        var built = new BuiltImage(about, about, "invoicer:1", 1, layout.directory(), base, false, List.of());
        var run = new Run(7, new RunKey("invoicer", "production", "containers", from, "p"), time, false);
        try {
            var circumstances = new Provenance.Circumstances(
                    run, true, "" + image, Optional.empty(), Optional.empty(), List.of(), time);
            var predicate = Provenance.of(project, commit, built, circumstances);
            return sign(about.toString(), PredicateType.PROVENANCE, predicate);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    SignedEvidence tests() throws InterruptedException {
        return sign(
                "gitCommit:" + COMMIT,
                PredicateType.TEST_RESULT,
                TestResult.passed("mvn verify", new TestResult.Counts(42, 0, 1, 900L)));
    }

    SignedEvidence scan() throws InterruptedException {
        return sign(
                image.toString(),
                PredicateType.SCAN,
                ScanResult.of(List.of("image"), time, time, List.of(), ScanReport.EMPTY, ""));
    }

    SignedEvidence failedTests() throws InterruptedException {
        return failedTests("gitCommit:" + COMMIT);
    }

    SignedEvidence failedTests(String commit) throws InterruptedException {
        var counts = new TestResult.Counts(42, 1, 0, 900L);
        var result = TestResult.failed("mvn verify", counts, List.of("Sum.divides"), "1 of 42 tests failed");
        return sign(commit, PredicateType.TEST_RESULT, result);
    }

    SignedEvidence unfinishedScan() throws InterruptedException {
        var result =
                ScanResult.of(List.of("image"), time, time, List.of(), ScanReport.EMPTY, "the image cannot be read");
        return sign(image.toString(), PredicateType.SCAN, result);
    }

    SignedEvidence verdict(Verdict.Decision decision, List<SignedEvidence> evidence) throws InterruptedException {
        var reasons = decision == Verdict.Decision.PASS ? List.<String>of() : List.of("2 findings are high");
        var summary = VerificationSummary.of(
                "invoicer",
                image.toString(),
                new Verdict(decision, reasons, List.of(), List.of()),
                Map.of("failOn", "HIGH"),
                List.of(),
                evidence,
                time);
        return sign(image.toString(), PredicateType.VERDICT, summary);
    }

    SignedEvidence approval(String approver) throws InterruptedException {
        var approval = Approval.of("production", "Ada <ada@example.org>", Optional.of(approver), "ada", time);
        return sign(image.toString(), PredicateType.APPROVAL, approval);
    }

    SignedEvidence bypass(Bypass bypass) throws InterruptedException {
        var approval = Approval.byBypass("production", "Ada <ada@example.org>", bypass, "ada", time);
        return sign(image.toString(), PredicateType.APPROVAL, approval);
    }

    /** Everything that is demanded. */
    List<SignedEvidence> complete() throws InterruptedException {
        return judged(List.of(provenance(), tests(), scan()));
    }

    /** This evidence with a verdict that passes and rests on it. */
    List<SignedEvidence> judged(List<SignedEvidence> evidence) throws InterruptedException {
        var all = new ArrayList<>(evidence);
        all.add(verdict(Verdict.Decision.PASS, evidence));
        return all;
    }

    /** Attaches evidence with a signature of the image, and reads back what lies there. */
    Dossier published(List<SignedEvidence> evidence) throws InterruptedException {
        var signature = ImageSignature.of(key(), image, "invoicer");
        new Attachments(layout).attach(layout.manifest(image), signature, evidence, key().verification());
        return dossier();
    }

    Dossier dossier() throws InterruptedException {
        return EvidenceReader.read(layout, image);
    }
}
