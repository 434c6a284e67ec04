package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.Admission;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.evidence.Dossier;
import dev.stepzero.ship.evidence.Passport;
import dev.stepzero.ship.review.Bypass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
    @TempDir
    Path temporary;

    private TestRelease release;

    @BeforeEach
    void build() {
        release = TestRelease.of(temporary, "one");
    }

    private Passport admit(Dossier dossier) throws InterruptedException {
        return admit(dossier, AdmissionPolicy.USUAL);
    }

    private Passport admit(Dossier dossier, AdmissionPolicy policy) throws InterruptedException {
        return new Admission(policy, release.ring.keys(), TestRelease.clock()).admit(dossier);
    }

    private void assertRefused(Dossier dossier, String... why) {
        assertRefused(dossier, AdmissionPolicy.USUAL, why);
    }

    private void assertRefused(Dossier dossier, AdmissionPolicy policy, String... why) {
        assertThatThrownBy(() -> admit(dossier, policy))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
                    assertThat(error.fix()).isPresent();
                })
                .hasMessageContaining("is refused: ")
                .hasMessageContainingAll(why);
    }

    @Test
    void whatARunLeavesIsAdmittedWithItsPassport() throws Exception {
        var passport = admit(release.published(release.complete()));

        assertThat(passport.image()).isEqualTo("" + release.image);
        assertThat(passport.commit()).isEqualTo(TestRelease.COMMIT);
        assertThat(passport.source()).isEqualTo("https://git.example/invoicer");
        assertThat(passport.author()).isEqualTo("Ada <ada@example.org>");
        assertThat(passport.builder()).isEqualTo("https://stepzero.dev/builder/containers/v1");
        assertThat(passport.base()).containsExactly("libc6 2.36-9+deb12u13");
        assertThat(passport.tests()).isEqualTo(new Passport.Tests("PASSED", 42, 1));
        assertThat(passport.scans())
                .singleElement()
                .satisfies(scan -> assertThat(scan.scanners()).containsExactly("image"));
        assertThat(passport.verdict().decision()).isEqualTo("PASS");
        assertThat(passport.verdict().levels()).containsExactly("SLSA_BUILD_LEVEL_1");
        assertThat(passport.keys())
                .containsExactly(release.ring.signing().verification().id());
        assertThat(passport.evidence()).hasSize(4);
    }

    @Test
    void whereABillOfMaterialsIsRequiredTheVerdictMustRestOnOne() throws Exception {
        var policy = AdmissionPolicy.with(List.of(PredicateType.SBOM), Duration.ofDays(90));
        var document = Map.of("bomFormat", "CycloneDX", "components", List.of(Map.of("name", "libc6")));
        var sbom = release.sign("" + release.image, PredicateType.SBOM, document);
        var without = List.of(release.provenance(), release.tests(), release.scan());
        var evidence = new ArrayList<>(without);

        var beside = new ArrayList<>(release.judged(without));
        beside.add(sbom);
        assertRefused(release.published(beside), policy, "a bill of materials", "the verdict does not rest on");

        evidence.add(sbom);
        assertThat(admit(release.published(release.judged(evidence)), policy).components())
                .isEqualTo(1);
    }

    @Test
    void anImageWithNothingBesideItIsRefused() throws Exception {
        assertRefused(release.dossier(), "lacks the gate's verdict", "the image is not signed");
    }

    @Test
    void anImageThatIsNotSignedIsRefused() throws Exception {
        var dossier = release.published(release.complete());

        assertRefused(
                new Dossier(dossier.image(), dossier.place(), dossier.envelopes(), List.of()), "it is not signed");
    }

    @Test
    void theSignatureOfAnotherImageDoesNotCount() throws Exception {
        var other = TestRelease.of(temporary, "another");
        var theirs = other.published(List.of()).signatures();
        var dossier = release.published(release.complete());

        assertRefused(
                new Dossier(dossier.image(), dossier.place(), dossier.envelopes(), theirs),
                "a signature is about another image, " + other.image);
    }

    @Test
    void whatAnotherKeySignedIsRefused() throws Exception {
        var stranger = TestRelease.of(temporary.resolve("stranger"), "one");
        var dossier = stranger.published(stranger.complete());

        assertRefused(
                dossier,
                "lacks the gate's verdict",
                stranger.ring.signing().verification().id() + ", which is not trusted");
    }

    @Test
    void whereNoKeyIsTrustedNothingIsAdmitted() throws Exception {
        var dossier = release.published(release.complete());

        assertThatThrownBy(() -> new Admission(AdmissionPolicy.USUAL, List.of(), TestRelease.clock()).admit(dossier))
                .isInstanceOf(UserError.class);
    }

    @Test
    void evidenceAboutAnotherImageDoesNotCount() throws Exception {
        var other = TestRelease.of(temporary, "another");

        assertRefused(
                release.published(other.complete()), "lacks the gate's verdict", "about sha256:" + other.image.hex());
    }

    @Test
    void provenanceOfAnotherImageDoesNotCountThoughAVerdictRestsOnIt() throws Exception {
        var other = Digest.of(new byte[] {1});
        var evidence = List.of(release.provenance(other, TestRelease.COMMIT), release.tests(), release.scan());

        assertRefused(release.published(release.judged(evidence)), "lacks provenance", "about sha256:" + other.hex());
    }

    @Test
    void testsOfAnotherCommitDoNotCount() throws Exception {
        var evidence = List.of(release.provenance(release.image, "ee".repeat(20)), release.tests(), release.scan());

        assertRefused(
                release.published(release.judged(evidence)), "lacks test results", "gitCommit:" + TestRelease.COMMIT);
    }

    @Test
    void anImageOfAnotherCommitIsNotTheOneThatWasAskedFor() throws Exception {
        var dossier = release.published(release.complete());
        var admission = new Admission(AdmissionPolicy.USUAL, release.ring.keys(), TestRelease.clock());

        assertThatThrownBy(() -> admission.admit(dossier, "ee".repeat(20)))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("was made from commit 0f0f0f0f0f0f", "not from eeeeeeeeeeee");
        assertThat(admission.admit(dossier, TestRelease.COMMIT).commit()).isEqualTo(TestRelease.COMMIT);
    }

    @ParameterizedTest
    @CsvSource({"0, provenance", "1, test results", "2, scan results", "3, verdict"})
    void eachKindOfEvidenceThatIsDemandedMustBeThere(int missing, String named) throws Exception {
        var evidence = new ArrayList<>(release.complete());
        evidence.remove(missing);

        assertRefused(release.published(evidence), "lacks", named);
    }

    @ParameterizedTest
    @CsvSource({"0, provenance", "1, test results", "2, scan results"})
    void evidenceThatTheVerdictDoesNotRestOnDoesNotCount(int swapped, String named) throws Exception {
        var evidence = new ArrayList<>(release.complete());
        var another = List.of(release.provenance(), release.tests(), release.scan());
        evidence.set(swapped, another.get(swapped));

        assertRefused(release.published(evidence), "lacks", named, "the verdict does not rest on");
    }

    @Test
    void whatTheGateBlockedIsRefusedWithItsReasons() throws Exception {
        var evidence = List.of(release.provenance(), release.tests(), release.scan());
        var all = new ArrayList<>(evidence);
        all.add(release.verdict(Verdict.Decision.BLOCK, evidence));

        assertRefused(release.published(all), "the gate did not let it pass: 2 findings are high");
    }

    @Test
    void theNewestVerdictDecides() throws Exception {
        var evidence = List.of(release.provenance(), release.tests(), release.scan());
        var passed = release.verdict(Verdict.Decision.PASS, evidence);
        release.time = TestRelease.NOW.plusSeconds(1);
        var blocked = release.verdict(Verdict.Decision.BLOCK, evidence);
        var all = new ArrayList<>(evidence);
        all.addAll(List.of(blocked, passed));

        assertRefused(release.published(all), "the gate did not let it pass");
    }

    @Test
    void whatIsOlderThanThePolicyAllowsIsRefused() throws Exception {
        release.time = TestRelease.NOW.minus(Duration.ofDays(91));
        var dossier = release.published(release.complete());

        assertRefused(dossier, "its verdict is 91 days old, and more than 90 are not allowed");
        assertThat(admit(dossier, AdmissionPolicy.with(List.of(), Duration.ofDays(91)))
                        .commit())
                .isEqualTo(TestRelease.COMMIT);
    }

    @Test
    void aVerdictThatIsToComeIsRefused() throws Exception {
        release.time = TestRelease.NOW.plus(Duration.ofHours(1));

        assertRefused(release.published(release.complete()), "which is to come");
    }

    @Test
    void failedTestsAreRefusedThoughAVerdictRestsOnThem() throws Exception {
        var failed = release.failedTests();

        assertRefused(
                release.published(release.judged(List.of(release.provenance(), failed, release.scan()))),
                "its tests failed");
    }

    @Test
    void whatARefusedRunAttestedAdmitsNothingWhoeverAttachesIt() throws Exception {
        var failed = release.failedTests();
        var unfinished = release.unfinishedScan();
        var inputs = List.of(release.provenance(), failed, unfinished);
        var blocked = release.verdict(Verdict.Decision.BLOCK, inputs);

        assertRefused(release.published(List.of(failed)), "lacks the gate's verdict");
        assertRefused(release.published(inputs), "lacks the gate's verdict");
        assertRefused(
                release.published(List.of(inputs.get(0), failed, unfinished, blocked)),
                "the gate did not let it pass: 2 findings are high");
    }

    @Test
    void aRefusalThatIsAttachedLaterDoesNotMakeAReleaseWorseOrBetter() throws Exception {
        var all = new ArrayList<>(release.complete());
        all.add(release.failedTests("gitCommit:" + "ee".repeat(20)));

        assertThat(admit(release.published(all)).tests()).isEqualTo(new Passport.Tests("PASSED", 42, 1));
    }

    @Test
    void aScanThatDidNotComeToItsEndIsRefusedThoughAVerdictRestsOnIt() throws Exception {
        var evidence = List.of(release.provenance(), release.tests(), release.unfinishedScan());

        assertRefused(release.published(release.judged(evidence)), "a scan of it did not come to its end");
    }

    @Test
    void whereItWasDeployedIsInThePassportAndAFailedDeploymentIsNot() throws Exception {
        var all = new ArrayList<>(release.complete());
        all.add(release.sign("" + release.image, PredicateType.DEPLOYMENT, deployment("serving")));

        var passport = admit(release.published(all));

        assertThat(passport.deployed())
                .containsExactly(new Passport.Deployed(
                        "production", "containers", "http://127.0.0.1:8080", "ship", TestRelease.NOW));
        all.set(4, release.sign("" + release.image, PredicateType.DEPLOYMENT, deployment("failed")));
        assertThat(admit(release.published(all)).deployed()).isEmpty();
    }

    private static DeploymentStatement deployment(String result) {
        return new DeploymentStatement(
                "production",
                "containers",
                "http://127.0.0.1:8080",
                TestRelease.COMMIT,
                "ship",
                "" + TestRelease.NOW,
                result,
                "");
    }

    @Test
    void aStatementThatWasAlteredDoesNotCount() throws Exception {
        var evidence = new ArrayList<>(release.complete());
        var verdict = evidence.removeLast();
        var altered = verdict.envelope().replaceFirst("\"payload\":\"(.{60}).", "\"payload\":\"$1A");
        assertThat(altered).isNotEqualTo(verdict.envelope());
        evidence.add(new SignedEvidence(verdict.subject(), verdict.predicateType(), altered));

        assertRefused(release.published(evidence), "lacks the gate's verdict");
    }

    @Test
    void aBlobThatWasChangedOnDiskIsMissed() throws Exception {
        var evidence = release.complete();
        release.published(evidence);
        var tests = Digest.of(evidence.get(1).envelope().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.writeString(release.layout.blob(tests), evidence.get(1).envelope().replace("payload", "payl0ad"));

        assertRefused(release.dossier(), "lacks test results");
    }

    @Test
    void whateverElseLiesThereIsPassedOver() throws Exception {
        var stranger = TestRelease.of(temporary.resolve("stranger"), "one");
        var evidence = new ArrayList<>(release.complete());
        evidence.add(new SignedEvidence("" + release.image, "https://example.org/x/v1", "{}"));
        evidence.add(new SignedEvidence("" + release.image, "https://example.org/y/v1", "not json"));
        evidence.addAll(stranger.complete());

        assertThat(admit(release.published(evidence)).evidence()).hasSize(4);
    }

    @Test
    void whatAKeySignedBeforeItsEndStaysGood() throws Exception {
        var dossier = release.published(release.complete());

        release.ring.rotate();

        assertThat(admit(dossier).commit()).isEqualTo(TestRelease.COMMIT);
    }

    @Test
    void whatAKeySignedAfterItsEndIsRefused() throws Exception {
        release.time = TestRelease.NOW.plusSeconds(5);
        var dossier = release.published(release.complete());

        release.ring.rotate();

        assertRefused(dossier, "ended on 2030-11-21T12:00:00Z");
    }

    @Test
    void whatARevokedKeySignedIsRefusedWithTheReason() throws Exception {
        var dossier = release.published(release.complete());

        release.ring.revoke(release.ring.signing().verification().id(), "the laptop was stolen");

        assertRefused(dossier, "was revoked on", "the laptop was stolen");
    }

    @Test
    void aKeyOfAnotherEnvironmentIsNotTrusted() throws Exception {
        var dossier = release.published(release.complete());
        var staging = TestRelease.of(temporary.resolve("staging"), "one").ring;
        var trusted = List.of(TrustedKey.of(staging.signing().verification()));

        assertThatThrownBy(() -> new Admission(AdmissionPolicy.USUAL, trusted, TestRelease.clock()).admit(dossier))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not trusted");
    }

    @Test
    void whereAnApprovalIsDemandedAnotherPersonThanTheAuthorMustHaveGivenIt() throws Exception {
        var demanding = AdmissionPolicy.with(List.of(PredicateType.APPROVAL), Duration.ofDays(90));
        var none = release.complete();
        var own = new ArrayList<>(none);
        own.add(release.approval("Ada Lovelace <ADA@example.org>"));
        var others = new ArrayList<>(none);
        others.add(release.approval("Bob <bob@example.org>"));

        assertRefused(release.published(none), demanding, "lacks an approval");
        assertRefused(release.published(own), demanding, "nobody but its author approved it");
        assertThat(admit(release.published(others), demanding).approvals())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.approver()).isEqualTo("Bob <bob@example.org>");
                    assertThat(each.requester()).isEqualTo("Ada <ada@example.org>");
                    assertThat(each.independent()).isEqualTo("yes");
                });
    }

    @Test
    void aBypassedReleaseIsLetInAndSaysSo() throws Exception {
        var demanding = AdmissionPolicy.with(List.of(PredicateType.APPROVAL), Duration.ofDays(90));
        var evidence = new ArrayList<>(release.complete());
        evidence.add(release.bypass(
                new Bypass(1, "shop", "c", "olga", "operator", "the shop is down", TestRelease.NOW, Optional.empty())));

        assertThat(admit(release.published(evidence), demanding).approvals())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.approver()).isEqualTo("olga");
                    assertThat(each.independent()).isEqualTo("bypassed");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "Ada <ada@example.org>, no",
        "Bob <bob@example.org>, yes",
        "Bob, unknown",
        "Bob <bob>, unknown",
        "'<>', unknown"
    })
    void whetherTheApproverIsTheAuthorIsSaidWhereItIsKnown(String approver, String independent) {
        var approval =
                Approval.of("production", "Ada <ada@example.org>", Optional.of(approver), "bob", TestRelease.NOW);

        assertThat(approval.independent()).isEqualTo(independent);
    }
}
