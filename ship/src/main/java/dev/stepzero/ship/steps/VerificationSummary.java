package dev.stepzero.ship.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Waiver;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.ship.engine.SignedEvidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The predicate of SLSA's verification summary v1: the gate's verdict about an image, and the evidence that it rests on.
 * What the gate saw in detail is an extension.
 */
record VerificationSummary(
        Map<String, Object> verifier,
        String timeVerified,
        String resourceUri,
        Policy policy,
        List<Input> inputAttestations,
        String verificationResult,
        List<String> verifiedLevels,
        String slsaVersion,
        @JsonProperty("stepzero_verdict") Detail detail) {

    /**
     * Provenance is there and signed. More cannot be said of a builder that may be anybody's own machine: see
     * {@code docs/slsa.md}.
     */
    private static final List<String> LEVELS = List.of("SLSA_BUILD_LEVEL_1");

    /** What the verdict was measured by. */
    record Policy(String uri, Map<String, String> digest, Map<String, String> annotations) {}

    /** A statement that the verdict rests on: the digest is that of its envelope. */
    record Input(String uri, Map<String, String> digest) {}

    /** The gate's own words; {@code waivers} are those that somebody answers for, of which some may cover nothing. */
    record Detail(
            String decision, List<String> reasons, List<Finding> open, List<Finding> waived, List<Accepted> waivers) {}

    /** A waiver, its last day in ISO 8601. */
    record Accepted(String rule, String resource, String owner, String reason, String until) {
        static Accepted of(Waiver waiver) {
            return new Accepted(
                    waiver.rule(),
                    waiver.resource(),
                    waiver.owner(),
                    waiver.reason(),
                    waiver.until().toString());
        }
    }

    static VerificationSummary of(
            String application,
            String image,
            Verdict verdict,
            Map<String, String> policy,
            List<Waiver> waivers,
            List<SignedEvidence> evidence,
            Instant at) {
        var passed = verdict.decision() != Verdict.Decision.BLOCK;
        var accepted = waivers.stream().map(Accepted::of).toList();
        var measured = new TreeMap<>(policy) + " " + accepted;
        return new VerificationSummary(
                Map.of("id", "https://stepzero.dev/gate/v1", "version", Map.of("stepzero", version())),
                at.toString(),
                "pkg:oci/%s@%s".formatted(application, image.replace(":", "%3A")),
                new Policy(
                        "https://stepzero.dev/policy/gate/v1",
                        Map.of(
                                "sha256",
                                Digest.of(measured.getBytes(StandardCharsets.UTF_8))
                                        .hex()),
                        policy),
                evidence.stream()
                        .map(each -> new Input(
                                each.predicateType(),
                                Map.of(
                                        "sha256",
                                        Evidence.digest(each.envelope()).hex())))
                        .toList(),
                passed ? "PASSED" : "FAILED",
                passed ? LEVELS : List.of("FAILED"),
                "1.1",
                new Detail(verdict.decision().name(), verdict.reasons(), verdict.open(), verdict.waived(), accepted));
    }

    private static String version() {
        return Optional.ofNullable(VerificationSummary.class.getPackage().getImplementationVersion())
                .orElse("source");
    }
}
