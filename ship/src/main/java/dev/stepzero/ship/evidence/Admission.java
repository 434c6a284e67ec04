package dev.stepzero.ship.evidence;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.TrustedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a release in whose evidence proves what an environment demands, and no other. Every deployment comes through
 * here: that of a run and that of a rollback alike.
 *
 * <p>A trusted key must have signed the image, and a verdict about it that passed. The verdict names by digest the
 * evidence that it rests on; only that counts. Provenance links the image to the commit, so that evidence about either
 * is evidence about the release.
 */
public final class Admission {
    private static final Set<String> COUNTING = Set.of("yes", "bypassed");

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
    private static final int MOST_DEPLOYMENTS = 50;
    private static final String AGAIN = "ship the commit again: stepzero ship --commit COMMIT";

    private final AdmissionPolicy policy;
    private final List<TrustedKey> trusted;
    private final Clock clock;

    public Admission(AdmissionPolicy policy, List<TrustedKey> trusted, Clock clock) {
        this.policy = policy;
        this.trusted = List.copyOf(trusted);
        this.clock = clock;
    }

    /**
     * Admits an image.
     *
     * @return everything that is proven about it
     * @throws UserError with status 1 if something is missing, with what and what to do
     */
    public Passport admit(Dossier dossier) {
        var heard = Hearing.of(dossier, trusted);
        var verdict = verdict(heard);
        var at = time(verdict, heard);
        heard.requireSignature(at);
        heard.requireGood(verdict, at);
        var rests = heard.restingOn(verdict);
        var provenance = rests.stream()
                .filter(each -> is(each, PredicateType.PROVENANCE))
                .filter(heard::isAboutImage)
                .findFirst()
                .orElseThrow(() -> missing(heard, PredicateType.PROVENANCE));
        var commit = commit(provenance, heard);
        var proven = rests.stream()
                .filter(each -> heard.isAboutImage(each) || each.statement().isAbout("gitCommit:" + commit))
                .toList();
        proven.forEach(each -> heard.requireGood(each, at));
        var approvals = heard.of(PredicateType.APPROVAL).stream()
                .filter(heard::isAboutImage)
                .filter(each -> heard.refusal(each.signer(), at).isEmpty())
                .toList();
        for (var type : policy.required()) {
            require(type, proven, approvals, heard);
        }
        return Passport.of(
                heard.image(),
                provenance,
                commit,
                verdict,
                at,
                proven,
                approvals,
                deployments(heard),
                heard.imageSigners());
    }

    /** Where it serves says nothing for or against it: this is for the reader alone. */
    private static List<Passport.Deployed> deployments(Hearing heard) {
        return heard.of(PredicateType.DEPLOYMENT).stream()
                .filter(heard::isAboutImage)
                .flatMap(each -> Passport.Deployed.of(each).stream()
                        .filter(deployed ->
                                heard.refusal(each.signer(), deployed.at()).isEmpty()))
                .sorted(Comparator.comparing(Passport.Deployed::at).reversed())
                .limit(MOST_DEPLOYMENTS)
                .toList();
    }

    /** The same, if the image was made from this commit and no other. */
    public Passport admit(Dossier dossier, String commit) {
        var passport = admit(dossier);
        if (!passport.commit().equals(commit)) {
            throw UserError.blocked("image %s was made from commit %.12s and not from %.12s"
                            .formatted(dossier.image(), passport.commit(), commit))
                    .fix(AGAIN);
        }
        return passport;
    }

    /** The newest verdict about the image decides, whatever an earlier one said. */
    private Evidence verdict(Hearing heard) {
        var newest = heard.of(PredicateType.VERDICT).stream()
                .filter(heard::isAboutImage)
                .max((a, b) ->
                        instant(a).orElse(Instant.MIN).compareTo(instant(b).orElse(Instant.MIN)))
                .orElseThrow(() -> missing(heard, PredicateType.VERDICT));
        var result = newest.statement().predicate().path("verificationResult").stringValue("");
        if (!result.equals("PASSED")) {
            var reasons = newest.statement().predicate().at("/stepzero_verdict/reasons").values().stream()
                    .map(reason -> reason.stringValue(""))
                    .toList();
            throw heard.refused("the gate did not let it pass: "
                            + (reasons.isEmpty() ? result : String.join("; ", reasons)))
                    .fix("mend what the gate names, commit and ship again");
        }
        return newest;
    }

    private static Optional<Instant> instant(Evidence verdict) {
        try {
            return Optional.of(Instant.parse(
                    verdict.statement().predicate().path("timeVerified").stringValue("")));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private Instant time(Evidence verdict, Hearing heard) {
        var at = instant(verdict)
                .orElseThrow(() -> heard.refused("its verdict does not say when it was given")
                        .fix(AGAIN));
        var now = clock.instant();
        if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw heard.refused("its verdict is of " + at + ", which is to come")
                    .fix("set the clock of this machine, or that of the one that gave the verdict");
        }
        var age = Duration.between(at, now);
        if (age.compareTo(policy.maxAge()) > 0) {
            throw heard.refused("its verdict is %d days old, and more than %d are not allowed"
                            .formatted(age.toDays(), policy.maxAge().toDays()))
                    .fix(AGAIN);
        }
        return at;
    }

    private static String commit(Evidence provenance, Hearing heard) {
        return provenance.statement().predicate().at("/buildDefinition/resolvedDependencies").values().stream()
                .map(each -> each.at("/digest/gitCommit").stringValue(""))
                .filter(id -> id.matches("[0-9a-f]{40}|[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow(
                        () -> heard.refused("its provenance names no commit").fix(AGAIN));
    }

    private static void require(String type, List<Evidence> proven, List<Evidence> approvals, Hearing heard) {
        switch (type) {
            case PredicateType.VERDICT -> {}
            case PredicateType.APPROVAL -> requireApproval(approvals, heard);
            case PredicateType.TEST_RESULT -> {
                var results = proven.stream().filter(each -> is(each, type)).toList();
                if (results.isEmpty()) {
                    throw missing(heard, type);
                }
                if (results.stream().anyMatch(Admission::failed)) {
                    throw heard.refused("its tests failed").fix("mend them, commit and ship again");
                }
            }
            case PredicateType.SCAN -> {
                var scans = proven.stream().filter(each -> is(each, type)).toList();
                if (scans.isEmpty()) {
                    throw missing(heard, type);
                }
                if (scans.stream().anyMatch(Admission::unfinished)) {
                    throw heard.refused("a scan of it did not come to its end").fix(AGAIN);
                }
            }
            default -> {
                if (proven.stream().noneMatch(each -> is(each, type))) {
                    throw missing(heard, type);
                }
            }
        }
    }

    private static boolean failed(Evidence tests) {
        var result = tests.statement().predicate().path("result").stringValue("");
        return !result.equals("PASSED") && !result.equals("WARNED");
    }

    private static boolean unfinished(Evidence scan) {
        return !scan.statement().predicate().path("failure").asString("").isEmpty();
    }

    private static void requireApproval(List<Evidence> approvals, Hearing heard) {
        if (approvals.isEmpty()) {
            throw missing(heard, PredicateType.APPROVAL);
        }
        // What went without a review says so, and stays on everybody's board until somebody has looked at it.
        if (approvals.stream()
                .noneMatch(each -> COUNTING.contains(
                        each.statement().predicate().path("independent").stringValue("")))) {
            throw heard.refused("nobody but its author approved it")
                    .fix("let somebody else ship the commit, with an e-mail address in their git configuration");
        }
    }

    private static boolean is(Evidence evidence, String type) {
        return evidence.statement().predicateType().equals(type);
    }

    private static UserError missing(Hearing heard, String type) {
        return heard.missing(type).fix(AGAIN);
    }
}
