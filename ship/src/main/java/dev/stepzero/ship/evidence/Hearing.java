package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Evidence;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.keys.VerificationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a dossier holds that a known key has signed, and why the rest does not count. */
final class Hearing {
    private static final int NAMED = 3;

    private final Dossier dossier;
    private final List<TrustedKey> trusted;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<VerificationKey> signers = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final Set<String> unnamed = new HashSet<>();

    private Hearing(Dossier dossier, List<TrustedKey> trusted) {
        this.dossier = dossier;
        this.trusted = trusted;
    }

    static Hearing of(Dossier dossier, List<TrustedKey> trusted) {
        var hearing = new Hearing(dossier, trusted);
        var verifier = new Verifier(hearing.keys());
        for (var envelope : dossier.envelopes()) {
            try {
                hearing.evidence.add(verifier.evidence(envelope));
            } catch (UserError e) {
                hearing.passedOver.add(e.what());
            }
        }
        dossier.signatures().forEach(hearing::hear);
        return hearing;
    }

    private void hear(ImageSignature signature) {
        try {
            var signer = signature.signer(keys());
            if (signer.isEmpty()) {
                passedOver.add("the image is signed by another key than " + called(trusted));
            } else if (!signature.image().equals(dossier.image())) {
                passedOver.add("a signature is about another image, " + signature.image());
            } else {
                signers.add(signer.get());
            }
        } catch (UserError e) {
            passedOver.add(e.what());
        }
    }

    private static String called(List<TrustedKey> keys) {
        return keys.isEmpty()
                ? "any, for no key is trusted here"
                : String.join(
                        " and ",
                        keys.stream().limit(NAMED).map(each -> each.key().id()).toList());
    }

    private List<VerificationKey> keys() {
        return trusted.stream().map(TrustedKey::key).toList();
    }

    Digest image() {
        return dossier.image();
    }

    List<VerificationKey> imageSigners() {
        return signers.stream().distinct().toList();
    }

    List<Evidence> of(String predicateType) {
        return evidence.stream()
                .filter(each -> each.statement().predicateType().equals(predicateType))
                .toList();
    }

    boolean isAboutImage(Evidence each) {
        return each.statement().isAbout(dossier.image().toString());
    }

    /** The evidence that a verdict names. */
    List<Evidence> restingOn(Evidence verdict) {
        var named = new HashSet<String>();
        for (var input :
                verdict.statement().predicate().path("inputAttestations").values()) {
            named.add(input.at("/digest/sha256").stringValue(""));
        }
        evidence.stream()
                .map(each -> each.digest().hex())
                .filter(digest -> !named.contains(digest))
                .forEach(unnamed::add);
        return evidence.stream()
                .filter(each -> named.contains(each.digest().hex()))
                .toList();
    }

    Optional<String> refusal(VerificationKey signer, Instant at) {
        return trusted.stream()
                .filter(each -> each.key().equals(signer))
                .findFirst()
                .flatMap(each -> each.refusal(at));
    }

    /** A known key may have ended before, or been taken back since. */
    void requireGood(Evidence each, Instant at) {
        refusal(each.signer(), at).ifPresent(why -> {
            throw refused(why).fix("ship the commit again, with the key that is trusted now");
        });
    }

    void requireSignature(Instant at) {
        if (signers.isEmpty()) {
            throw refused(
                            dossier.signatures().isEmpty()
                                    ? "it is not signed"
                                    : "no signature of it counts" + because(passedOver.stream()))
                    .fix(
                            dossier.signatures().isEmpty()
                                    ? "ship the commit again: stepzero ship signs what it publishes"
                                    : "name the key that signed it with --key if you trust that one, or ship the commit again");
        }
        var refusals = signers.stream().map(each -> refusal(each, at)).toList();
        if (refusals.stream().noneMatch(Optional::isEmpty)) {
            throw refused(refusals.getFirst().orElseThrow())
                    .fix("ship the commit again, with the key that is trusted now");
        }
    }

    /** What is missing, and what there was that did not count. */
    UserError missing(String predicateType) {
        var others = of(predicateType).stream()
                .map(each -> unnamed.contains(each.digest().hex())
                        ? "there is one that the verdict does not rest on"
                        : "there is one about " + subjects(each));
        var unsigned = dossier.signatures().isEmpty() ? Stream.of("the image is not signed") : Stream.<String>empty();
        return refused("its evidence lacks %s (%s)".formatted(word(predicateType), predicateType)
                + because(Stream.of(others, unsigned, passedOver.stream()).flatMap(each -> each)));
    }

    private static String because(Stream<String> reasons) {
        var named = reasons.distinct().limit(NAMED).toList();
        return named.isEmpty() ? "" : ": " + String.join("; ", named);
    }

    private static String subjects(Evidence each) {
        return String.join(
                ", ",
                each.statement().subjects().stream()
                        .flatMap(subject -> subject.digests().entrySet().stream())
                        .map(digest -> digest.getKey() + ":" + digest.getValue())
                        .limit(NAMED)
                        .toList());
    }

    private static String word(String predicateType) {
        return switch (predicateType) {
            case PredicateType.VERDICT -> "the gate's verdict";
            case PredicateType.TEST_RESULT -> "test results";
            case PredicateType.SCAN -> "scan results";
            case PredicateType.SBOM -> "a bill of materials";
            case PredicateType.APPROVAL -> "an approval";
            default -> PredicateType.shortName(predicateType);
        };
    }

    UserError refused(String why) {
        return UserError.blocked("image sha256:%s is refused: %s"
                        .formatted(dossier.image().shortForm(), why))
                .at(dossier.place());
    }
}
