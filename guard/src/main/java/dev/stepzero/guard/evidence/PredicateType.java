package dev.stepzero.guard.evidence;

import java.util.Locale;
import java.util.regex.Pattern;

/** The kinds of statements that Stepzero makes and understands; {@code docs/evidence.md} says what each one holds. */
public final class PredicateType {
    /** From what, by whom and how an image was built: SLSA provenance. */
    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";

    /** What the project's own tests said. */
    public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

    /** What scanners found. */
    public static final String SCAN = "https://stepzero.dev/attestation/scan/v1";

    /** What an image consists of: a CycloneDX document. */
    public static final String SBOM = "https://cyclonedx.org/bom";

    /** What the gate decided, and on which evidence: SLSA's verification summary. */
    public static final String VERDICT = "https://slsa.dev/verification_summary/v1";

    /** Who let a release in. */
    public static final String APPROVAL = "https://stepzero.dev/attestation/approval/v1";

    /** Where an image serves. */
    public static final String DEPLOYMENT = "https://stepzero.dev/attestation/deployment/v1";

    /** What the gate decided, as versions before the verification summary said it. */
    public static final String FORMER_VERDICT = "https://stepzero.dev/attestation/verdict/v1";

    private static final Pattern VERSION = Pattern.compile("/v[0-9.]+$");
    private static final Pattern UNFIT = Pattern.compile("[^a-z0-9-]");

    private PredicateType() {}

    /** The word by which people and media types speak of a predicate type, such as {@code provenance}. */
    public static String shortName(String predicateType) {
        return switch (predicateType) {
            case VERDICT -> "vsa";
            case SBOM -> "cyclonedx";
            default -> {
                var path = VERSION.matcher(predicateType).replaceFirst("");
                var word = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
                yield UNFIT.matcher(word).replaceAll("-");
            }
        };
    }
}
