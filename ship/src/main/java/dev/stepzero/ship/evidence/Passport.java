package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.VerificationKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A release with everything that is proven about it.
 *
 * @param image the image's digest
 * @param commit what it was made from
 * @param source where the code can be found
 * @param author who wrote the commit, as git has it
 * @param builder what built it, as a URI
 * @param builtOn when the build ended
 * @param run the run that built it
 * @param base the Debian packages of its base, {@code name version}; empty for a base of the machine's own libraries
 * @param tests what the tests said
 * @param scans what the scanners found
 * @param verdict what the gate decided
 * @param components how many components the bill of materials names; 0 without one
 * @param approvals who let it in
 * @param deployed where it was brought in, as the statements beside it say, the newest first
 * @param keys the ids of the keys that signed the image
 * @param evidence each statement that this rests on
 */
public record Passport(
        String image,
        String commit,
        String source,
        String author,
        String builder,
        String builtOn,
        String run,
        List<String> base,
        Tests tests,
        List<Scan> scans,
        Verdict verdict,
        int components,
        List<Approval> approvals,
        List<Deployed> deployed,
        List<String> keys,
        List<Item> evidence) {

    /** Counts of the project's own tests, and their result as in-toto calls it. */
    public record Tests(String result, int tests, int skipped) {}

    /** Who looked at what, and how many findings of each severity there were. */
    public record Scan(List<String> scanners, String subject, Map<String, Integer> findings) {}

    /** What the gate decided: the titles of open findings, and the waived ones with who answers for them. */
    public record Verdict(String decision, Instant at, List<String> levels, List<String> open, List<String> waived) {}

    /** Who let it into an environment; {@code independent} is yes, no or unknown. */
    public record Approval(
            String environment, String requester, String approver, String at, String reason, String independent) {}

    /** Where it was brought in, when, and by what: {@code ship} or {@code rollback}. */
    public record Deployed(String environment, String target, String address, String kind, Instant at) {

        /** What a deployment's statement says; nothing if the deployment failed or the statement cannot be read. */
        static Optional<Deployed> of(Evidence evidence) {
            var predicate = evidence.statement().predicate();
            if (!text(predicate, "/result").equals("serving")) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Deployed(
                        text(predicate, "/environment"),
                        text(predicate, "/target"),
                        text(predicate, "/address"),
                        text(predicate, "/kind"),
                        Instant.parse(text(predicate, "/deployedOn"))));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /** A statement: its kind, its subject, the digest of its envelope, and the id of the key that signed it. */
    public record Item(String predicateType, String subject, String digest, String key) {}

    static Passport of(
            Digest image,
            Evidence provenance,
            String commit,
            Evidence verdict,
            Instant at,
            List<Evidence> proven,
            List<Evidence> approvals,
            List<Deployed> deployed,
            List<VerificationKey> signers) {
        var built = provenance.statement().predicate();
        var definition = built.path("buildDefinition");
        var git = definition.path("resolvedDependencies").values().stream()
                .filter(each -> each.at("/digest/gitCommit").stringValue("").equals(commit))
                .findFirst()
                .orElseThrow();
        return new Passport(
                image.toString(),
                commit,
                text(definition, "/externalParameters/source"),
                text(git, "/annotations/author"),
                text(built, "/runDetails/builder/id"),
                text(built, "/runDetails/metadata/finishedOn"),
                text(built, "/runDetails/metadata/invocationId"),
                base(definition),
                tests(proven),
                of(PredicateType.SCAN, proven).map(Passport::scan).toList(),
                verdict(verdict.statement().predicate(), at),
                of(PredicateType.SBOM, proven)
                        .mapToInt(each ->
                                each.statement().predicate().path("components").size())
                        .sum(),
                approvals.stream()
                        .map(each -> approval(each.statement().predicate()))
                        .toList(),
                deployed,
                signers.stream().map(VerificationKey::id).toList(),
                Stream.of(proven, List.of(verdict), approvals)
                        .flatMap(List::stream)
                        .map(Passport::item)
                        .toList());
    }

    private static Stream<Evidence> of(String type, List<Evidence> evidence) {
        return evidence.stream().filter(each -> each.statement().predicateType().equals(type));
    }

    private static List<String> base(JsonNode definition) {
        return definition.path("resolvedDependencies").values().stream()
                .filter(each -> text(each, "/uri").startsWith("pkg:deb/"))
                .map(each -> text(each, "/name"))
                .toList();
    }

    private static Tests tests(List<Evidence> proven) {
        var results = of(PredicateType.TEST_RESULT, proven)
                .map(each -> each.statement().predicate())
                .toList();
        return new Tests(
                results.isEmpty() ? "none" : text(results.getFirst(), "/result"),
                sum(results, "/stepzero_counts/tests"),
                sum(results, "/stepzero_counts/skipped"));
    }

    private static int sum(List<JsonNode> results, String path) {
        return results.stream().mapToInt(each -> each.at(path).asInt(0)).sum();
    }

    private static Scan scan(Evidence evidence) {
        var predicate = evidence.statement().predicate();
        var findings = new LinkedHashMap<String, Integer>();
        predicate
                .path("counts")
                .properties()
                .forEach(each -> findings.put(each.getKey(), each.getValue().asInt(0)));
        return new Scan(texts(predicate.path("scanners")), subject(evidence), findings);
    }

    private static Verdict verdict(JsonNode predicate, Instant at) {
        var detail = predicate.path("stepzero_verdict");
        var open = new ArrayList<String>();
        detail.path("open").forEach(each -> open.add(text(each, "/rule") + ": " + text(each, "/title")));
        var waived = new ArrayList<String>();
        detail.path("waived").forEach(each -> waived.add(text(each, "/rule") + ": " + text(each, "/title")));
        detail.path("waivers")
                .forEach(each -> waived.add("%s until %s by %s: %s"
                        .formatted(
                                text(each, "/rule"),
                                text(each, "/until"),
                                text(each, "/owner"),
                                text(each, "/reason"))));
        return new Verdict(text(detail, "/decision"), at, texts(predicate.path("verifiedLevels")), open, waived);
    }

    private static Approval approval(JsonNode predicate) {
        return new Approval(
                text(predicate, "/environment"),
                text(predicate, "/requester"),
                text(predicate, "/approver"),
                text(predicate, "/decidedOn"),
                text(predicate, "/reason"),
                text(predicate, "/independent"));
    }

    private static Item item(Evidence evidence) {
        return new Item(
                evidence.statement().predicateType(),
                subject(evidence),
                evidence.digest().toString(),
                evidence.signer().id());
    }

    private static String subject(Evidence evidence) {
        return evidence.statement().subjects().stream()
                .flatMap(each -> each.digests().entrySet().stream())
                .map(digest -> digest.getKey() + ":" + digest.getValue())
                .findFirst()
                .orElse("");
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(each -> each.asString("")).toList();
    }

    private static String text(JsonNode node, String path) {
        return node.at(path).asString("");
    }
}
