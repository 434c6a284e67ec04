package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Verdict;
import dev.stepzero.ship.contents.Contents;
import dev.stepzero.ship.engine.Slot;
import java.util.List;

/** What the standard steps hand to each other. */
public final class Handover {
    /** The files of the commit. */
    public static final Slot<Sources> SOURCES = new Slot<>("sources", Sources.class);

    /** What tests and build run in. */
    public static final Slot<Toolchain> TOOLCHAIN = new Slot<>("toolchain", Toolchain.class);

    /** What the build fetched. */
    public static final Slot<Dependencies> DEPENDENCIES = new Slot<>("dependencies", Dependencies.class);

    /** What the tests said. */
    public static final Slot<TestReport> TESTS = new Slot<>("tests", TestReport.class);

    /** The packaged application. */
    public static final Slot<Artifact> ARTIFACT = new Slot<>("artifact", Artifact.class);

    /** The image. */
    public static final Slot<ImageFacts> IMAGE = new Slot<>("image", ImageFacts.class);

    /** What the build put into the image. */
    public static final Slot<Contents> CONTENTS = new Slot<>("contents", Contents.class);

    /** Where the image is not what its build says. */
    public static final Slot<Analysis> MISMATCHES = new Slot<>("mismatches", Analysis.class);

    /** What the scanners found in the sources. */
    public static final Slot<Analysis> SOURCE_FINDINGS = new Slot<>("sourceFindings", Analysis.class);

    /** What the scanners found in the image. */
    public static final Slot<Analysis> IMAGE_FINDINGS = new Slot<>("imageFindings", Analysis.class);

    /** What tools in the project's own steps found. */
    public static final Slot<Analysis> TOOL_FINDINGS = new Slot<>("toolFindings", Analysis.class);

    /** What the image consists of. */
    public static final Slot<Sbom> SBOM = new Slot<>("sbom", Sbom.class);

    /** That what the image consists of was attested. */
    public static final Slot<SbomAttested> SBOM_ATTESTED = new Slot<>("sbomAttested", SbomAttested.class);

    /** What the gate answered. */
    public static final Slot<Verdict> VERDICT = new Slot<>("verdict", Verdict.class);

    /** The images of the load balancer's and the database's tier. */
    public static final Slot<TierImages> TIERS = new Slot<>("tiers", TierImages.class);

    /** The release that the gate let through. */
    public static final Slot<Published> RELEASE = new Slot<>("release", Published.class);

    /** Where the release serves. */
    public static final Slot<Served> SERVED = new Slot<>("served", Served.class);

    /** That the release serves for good and the one before is gone. */
    public static final Slot<Confirmed> CONFIRMED = new Slot<>("confirmed", Confirmed.class);

    private Handover() {}

    /** A directory with the files of the commit, which no step changes. */
    public record Sources(String directory, int files) {}

    /** The digest of the image that commands run in; empty for plain processes. */
    public record Toolchain(String image) {}

    /** A directory with what the build needs, read-only from here on. */
    public record Dependencies(String cache) {}

    /** Counts of the project's own tests. */
    public record TestReport(int tests, int skipped, long milliseconds) {}

    /** The packaged application: a file or a directory, and the directory of jars beside a thin jar, or empty. */
    public record Artifact(String path, String libraries) {}

    /** An image in the registry on disk. */
    public record ImageFacts(String digest, long compressedBytes, boolean ownBase) {}

    /** Findings of some scanners. */
    public record Analysis(List<String> scanners, List<Finding> findings) {
        public Analysis {
            scanners = List.copyOf(scanners);
            findings = List.copyOf(findings);
        }
    }

    /** The digest of a CycloneDX document in JSON among the blobs of the registry on disk. */
    public record Sbom(String blob) {}

    /** How many components the document names. */
    public record SbomAttested(int components) {}

    /** Digests of images in the registry on disk; empty where the tier does not need one. */
    public record TierImages(String loadBalancer, String database) {}

    /** The release's number, and where its image can be had. */
    public record Published(long id, String reference) {}

    /** The colour, the deployment's number, and the address that users know. */
    public record Served(String colour, long deployment, String address) {}

    /** The address that users know. */
    public record Confirmed(String address) {}
}
