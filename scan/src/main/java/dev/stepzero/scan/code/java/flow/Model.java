package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Value;
import java.util.Optional;

/** What calls of a part of Java's own library do, as far as it is worth knowing exactly. */
@FunctionalInterface
interface Model {
    /** What a call gives, with what it changes done; empty for a call that is none of this model's. */
    Optional<Value> answer(Call call, State state, MethodRun run);
}
