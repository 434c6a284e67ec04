package dev.stepzero.ship.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt at a step ended.
 *
 * @param status never {@link RunStatus#RUNNING}
 * @param summary what came of it, in a few words
 * @param reason why it did not succeed
 * @param warnings what the user should know
 * @param given what it gave, as a JSON object by slot
 * @param evidence what it attests: empty unless it came to a judgement, for or against the change
 */
record StepOutcome(
        RunStatus status,
        @Nullable String summary,
        @Nullable String reason,
        List<String> warnings,
        String given,
        List<SignedEvidence> evidence) {}
