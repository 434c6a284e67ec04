package dev.stepzero.ship.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RolloutTest {
    private static final Release OLD = release("01d");
    private static final Release NEW = release("fee1900d");

    private final MemoryTiers tiers = new MemoryTiers();
    private final List<String> output = new ArrayList<>();

    @AfterEach
    void close() {
        tiers.close();
    }

    @Test
    void theFirstDeploymentServesBlue() throws Exception {
        tiers.answers(NEW, healthy(NEW));

        var colour = deploy(NEW);

        assertThat(colour).isEqualTo(Colour.BLUE);
        assertThat(tiers.story()).containsExactly("migrate", "start blue", "show blue", "serve blue", "stop green");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @Test
    void theNextReleaseStartsBesideTheOldOneAndTakesItsPlace() throws Exception {
        deployOld();
        tiers.answers(NEW, healthy(NEW));

        var colour = deploy(NEW);

        assertThat(colour).isEqualTo(Colour.GREEN);
        assertThat(tiers.story()).containsExactly("migrate", "start green", "show green", "serve green", "stop blue");
        assertThat(tiers.state()).isEqualTo("green serves; running: green");
    }

    @Test
    void whatServesAlreadyIsNotStartedAgain() throws Exception {
        deployOld();

        var colour = deploy(OLD);

        assertThat(colour).isEqualTo(Colour.BLUE);
        assertThat(tiers.story()).containsExactly("stop green");
        assertThat(output).contains("blue already serves this image");
    }

    @Test
    void aReleaseWhoseReplicasAreGoneIsStartedUnderTheOtherColour() throws Exception {
        deployOld();
        tiers.lose(Colour.BLUE);

        deploy(OLD);

        assertThat(tiers.state()).isEqualTo("green serves; running: green");
    }

    @Test
    void anUnhealthyCandidateIsWithdrawnAndTheOldOneServes() throws Exception {
        deployOld();
        tiers.answers(NEW, new MemoryTiers.Answers(500, NEW.commit(), NEW.commit()));

        var error = refusedAdvance();

        assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
        assertThat(error.what())
                .isEqualTo("commit fee1900d0000 did not become healthy in production: /health answers 500: well "
                        + "(rolled back: blue serves as before)");
        assertThat(output).endsWith("last words of green");
        assertThat(tiers.story()).containsExactly("migrate", "start green", "show green", "stop green");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @Test
    void anUnhealthyFirstReleaseLeavesNothingBehind() {
        tiers.answers(NEW, new MemoryTiers.Answers(503, "", ""));

        var error = refusedAdvance();

        assertThat(error.what()).endsWith("(nothing serves yet)");
        assertThat(tiers.state()).isEqualTo("nothing serves; running: ");
    }

    @Test
    void aCandidateThatNamesAnotherCommitIsWithdrawn() throws Exception {
        deployOld();
        tiers.answers(NEW, healthy(OLD));

        var error = refusedAdvance();

        assertThat(error.what()).contains("/version does not name commit " + NEW.commit());
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @Test
    void aReleaseThatFailsUnderThePublicAddressGivesTheTrafficBack() throws Exception {
        deployOld();
        tiers.answers(NEW, new MemoryTiers.Answers(200, NEW.commit(), "something else"));
        var colour = rollout().advance(NEW);

        var error = catchThrowableOfType(UserError.class, () -> rollout().settle(NEW, colour));

        assertThat(error.what()).contains("answers: something else").endsWith("(rolled back: blue serves as before)");
        assertThat(tiers.story()).endsWith("serve green", "serve blue", "stop green");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @Test
    void aFirstReleaseThatFailsUnderThePublicAddressHasNothingToGoBackTo() throws Exception {
        tiers.answers(NEW, new MemoryTiers.Answers(200, NEW.commit(), "something else"));
        var colour = rollout().advance(NEW);

        var error = catchThrowableOfType(UserError.class, () -> rollout().settle(NEW, colour));

        assertThat(error.what()).endsWith("(no earlier release runs that could take its place)");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @Test
    void anInterruptLeavesTheOldReleaseServing() throws Exception {
        deployOld();
        tiers.answers(NEW, new MemoryTiers.Answers(500, "", ""));

        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> rollout().advance(NEW));
        assertThat(tiers.state()).startsWith("blue serves");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before migrate",
                "after migrate",
                "before start",
                "after start",
                "before show",
                "after show",
                "before serve",
                "after serve",
                "before stop",
                "after stop"
            })
    void aSwitchThatIsCutAnywhereEndsAsIfItHadNotBeen(String place) throws Exception {
        deployOld();
        tiers.answers(NEW, healthy(NEW));
        tiers.cutNext(place);
        assertThatExceptionOfType(MemoryTiers.Cut.class).isThrownBy(() -> deploy(NEW));

        deploy(NEW);

        assertThat(tiers.state()).isEqualTo("green serves; running: green");
        assertThat(Collections.frequency(tiers.story(), "start green")).isOne();
        assertThat(Collections.frequency(tiers.story(), "migrate")).isLessThanOrEqualTo(migrationsAfter(place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before migrate",
                "after migrate",
                "before start",
                "after start",
                "before show",
                "after show",
                "before serve",
                "after serve",
                "before stop",
                "after stop"
            })
    void aFirstDeploymentThatIsCutAnywhereEndsAsIfItHadNotBeen(String place) throws Exception {
        tiers.answers(NEW, healthy(NEW));
        tiers.cutNext(place);
        assertThatExceptionOfType(MemoryTiers.Cut.class).isThrownBy(() -> deploy(NEW));

        deploy(NEW);

        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
        assertThat(Collections.frequency(tiers.story(), "start blue")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before start", "after start", "before show", "after show", "before stop", "after stop"})
    void aWithdrawalThatIsCutAnywhereEndsAsIfItHadNotBeen(String place) throws Exception {
        deployOld();
        tiers.answers(NEW, new MemoryTiers.Answers(500, "", ""));
        tiers.cutNext(place);
        assertThatExceptionOfType(MemoryTiers.Cut.class).isThrownBy(() -> deploy(NEW));

        var error = refusedAdvance();

        assertThat(error.what()).endsWith("(rolled back: blue serves as before)");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before serve", "after serve", "before stop", "after stop"})
    void aWayBackThatIsCutAnywhereEndsAsIfItHadNotBeen(String place) throws Exception {
        deployOld();
        tiers.answers(NEW, new MemoryTiers.Answers(200, NEW.commit(), "something else"));
        var colour = rollout().advance(NEW);
        tiers.cutNext(place);
        assertThatExceptionOfType(MemoryTiers.Cut.class)
                .isThrownBy(() -> rollout().settle(NEW, colour));

        var error = catchThrowableOfType(UserError.class, () -> rollout().settle(NEW, colour));

        assertThat(error.what()).endsWith("(rolled back: blue serves as before)");
        assertThat(tiers.state()).isEqualTo("blue serves; running: blue");
    }

    private static int migrationsAfter(String place) {
        return place.endsWith("stop") || place.equals("after serve") || place.equals("before migrate") ? 1 : 2;
    }

    private void deployOld() throws InterruptedException {
        tiers.answers(OLD, healthy(OLD));
        deploy(OLD);
        tiers.story().clear();
        output.clear();
    }

    private Colour deploy(Release release) throws InterruptedException {
        var colour = rollout().advance(release);
        rollout().settle(release, colour);
        return colour;
    }

    private UserError refusedAdvance() {
        return catchThrowableOfType(UserError.class, () -> rollout().advance(NEW));
    }

    private Rollout rollout() {
        return new Rollout(
                TestSpecification.of("shop", Path.of("/home")),
                tiers,
                new TickingClock(Duration.ofSeconds(10)),
                output::add);
    }

    private static MemoryTiers.Answers healthy(Release release) {
        return new MemoryTiers.Answers(200, release.commit(), release.commit());
    }

    private static Release release(String commit) {
        return new Release(
                "shop",
                commit + "0".repeat(40 - commit.length()),
                Digest.of(commit.getBytes(StandardCharsets.UTF_8)),
                Path.of("/layout"));
    }
}
