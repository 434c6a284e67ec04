package dev.stepzero.ship.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Slot<String> A = new Slot<>("a", String.class);
    private static final Slot<String> B = new Slot<>("b", String.class);
    private static final Slot<String> C = new Slot<>("c", String.class);

    @Test
    void stepsThatWaitForNothingStayInTheOrderGiven() {
        var pipeline = new Pipeline(List.of(TestStep.named("z"), TestStep.named("y"), TestStep.named("a")));

        assertThat(pipeline.steps()).extracting(Step::name).containsExactly("z", "y", "a");
    }

    @Test
    void aStepComesAfterWhatItNeedsWhereverItWasGiven() {
        var pipeline = new Pipeline(List.of(
                TestStep.named("last").needs(B, A),
                TestStep.named("b").gives(B).needs(A),
                TestStep.named("alone"),
                TestStep.named("a").gives(A)));

        assertThat(pipeline.steps()).extracting(Step::name).containsExactly("a", "b", "last", "alone");
    }

    @Test
    void aPipelineMayBeEmpty() {
        assertThat(new Pipeline(List.of()).steps()).isEmpty();
    }

    @Test
    void aNeedThatNobodyGivesIsRefused() {
        var error = refused(TestStep.named("build").needs(A));

        assertThat(error.what()).isEqualTo("step 'build' needs 'a' of type String, which no step gives");
        assertThat(error.fix()).isPresent();
    }

    @Test
    void aNeedOfAnotherTypeThanIsGivenIsRefused() {
        var error = refused(
                TestStep.named("source").gives(A), TestStep.named("build").needs(new Slot<>("a", Integer.class)));

        assertThat(error.what()).isEqualTo("step 'build' needs 'a' of type Integer, which no step gives");
    }

    @Test
    void twoGiversOfTheSameSlotAreRefused() {
        var error =
                refused(TestStep.named("one").gives(A), TestStep.named("two").gives(A));

        assertThat(error.what()).isEqualTo("steps 'one' and 'two' both give 'a'");
    }

    @Test
    void twoSlotsOfOneNameAreRefusedWhateverTheirTypes() {
        var error =
                refused(TestStep.named("one").gives(A), TestStep.named("two").gives(new Slot<>("a", Integer.class)));

        assertThat(error.what()).isEqualTo("steps 'one' and 'two' both give 'a'");
    }

    @Test
    void twinsAreRefused() {
        var error = refused(TestStep.named("test"), TestStep.named("test"));

        assertThat(error.what()).isEqualTo("two steps are called 'test'");
        assertThat(error.fix()).hasValue("rename one of them");
    }

    @Test
    void aCycleIsRefusedWithItsRingOnly() {
        var error = refused(
                TestStep.named("outside").needs(A),
                TestStep.named("first").gives(A).needs(C),
                TestStep.named("second").gives(B).needs(A),
                TestStep.named("third").gives(C).needs(B));

        assertThat(error.what()).isEqualTo("steps wait for each other: first -> third -> second -> first");
    }

    @Test
    void aStepThatWaitsForItselfIsRefused() {
        var error = refused(TestStep.named("loop").gives(A).needs(A));

        assertThat(error.what()).isEqualTo("steps wait for each other: loop -> loop");
    }

    private static UserError refused(Step... steps) {
        return catchThrowableOfType(UserError.class, () -> new Pipeline(List.of(steps)));
    }
}
