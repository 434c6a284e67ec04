package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.program.Code;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.value.Characters;
import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Value;
import java.io.IOException;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs one method on what it is given, every instruction that may be reached, until nothing new is learned: an abstract
 * interpretation after Cousot and Cousot.
 */
final class MethodRun {
    private static final int VISITS = 30;
    private static final int MOST_PENDING = 100;
    private static final int MOST_THREADS = 8;
    private static final Set<Opcode> UNARY =
            Set.of(Opcode.IFEQ, Opcode.IFNE, Opcode.IFLT, Opcode.IFGE, Opcode.IFGT, Opcode.IFLE);
    private static final int MOST_VISITS = 60_000;

    private final Analysis analysis;
    private final Method method;
    private final Code code;
    private final Map<Integer, State> states = new HashMap<>();
    private final TreeSet<Integer> work = new TreeSet<>();
    private final Map<List<Object>, Integer> numbers = new HashMap<>();
    private final Map<Hit, Hit> pending = new LinkedHashMap<>();
    private final Map<String, Taint> stored = new HashMap<>();
    private final BitSet ran = new BitSet();
    private final BitSet repeated = new BitSet();
    private final Exits exits;
    private final int depth;
    private int budget;
    private int threads;

    MethodRun(Analysis analysis, Method method, Code code, int depth) {
        this.analysis = analysis;
        this.method = method;
        this.code = code;
        this.depth = depth;
        exits = new Exits(method.descriptor().endsWith(")Z"));
        budget = Math.max(MOST_VISITS, VISITS * code.size());
    }

    /** Runs it. @throws TooLong if it does not come to an end in time */
    Summary run(List<Value> given, Heap heap) throws TooLong {
        if (code.size() > 0) {
            meet(0, State.begin(given, code.slots(), heap));
        }
        while (!work.isEmpty()) {
            int index = work.removeFirst();
            var state = states.get(index);
            if (state != null) {
                block(index, state.copy());
            }
        }
        return exits.summary(given, List.copyOf(pending.values()), stored);
    }

    private void block(int start, State state) throws TooLong {
        var step = new Instructions(this, state);
        int index = start;
        catches(start, state);
        while (index < code.size()) {
            if (--budget < 0 || !analysis.spend()) {
                throw new TooLong();
            }
            boolean on = step.run(index);
            if (!on) {
                return;
            }
            index++;
            if (step.mayHaveChangedMuch()) {
                catches(index - 1, state);
            }
            if (code.isLeader(index)) {
                meet(index, state);
                return;
            }
        }
    }

    private void catches(int index, State state) {
        for (var handler : code.handlers()) {
            if (index >= handler.start() && index < handler.end()) {
                meet(handler.target(), state.caught(Value.UNKNOWN.typed(handler.type())));
            }
        }
    }

    /** Another way leads to an instruction. */
    void meet(int index, State state) {
        if (index >= code.size()) {
            throw new IllegalArgumentException("the code runs over its end");
        }
        if (isOutcome(index, state)) {
            new Instructions(this, state.copy()).run(index);
            return;
        }
        if (isDecided(index, state) && threads < MOST_THREADS) {
            threads++;
            var step = new Instructions(this, state.copy());
            step.run(index);
            step.run(index + 1);
            threads--;
            return;
        }
        var before = states.get(index);
        if (before != null && before.equals(state)) {
            return;
        }
        var after = before == null ? state.copy() : before.or(state);
        if (before == null || !after.equals(before)) {
            states.put(index, after);
            work.add(index);
        }
    }

    /** Whether a truth that is known on this way is given back: what else holds then is told of that outcome alone. */
    private boolean isOutcome(int index, State state) {
        return code.get(index) instanceof ReturnInstruction
                && method.descriptor().endsWith(")Z")
                && state.peek(0).only().isPresent();
    }

    /**
     * Whether the instruction and the next do nothing but branch by a variable that is known on this way. Then the way goes
     * on where it leads without meeting others here, so that what it knows stays its own: a switch over texts is two such
     * branches, one after the other.
     */
    private boolean isDecided(int index, State state) {
        if (index + 1 >= code.size()
                || !(code.get(index) instanceof LoadInstruction load)
                || load.typeKind() != TypeKind.INT
                || load.slot() >= code.slots()
                || state.variable(load.slot()).only().isEmpty()) {
            return false;
        }
        return switch (code.get(index + 1)) {
            case LookupSwitchInstruction _, TableSwitchInstruction _ -> true;
            case BranchInstruction branch -> UNARY.contains(branch.opcode());
            default -> false;
        };
    }

    void leave(State state, Value result) {
        exits.add(state, result);
    }

    /** Whether an instruction ran before; from now on it did. */
    boolean again(int index) {
        if (ran.get(index)) {
            repeated.set(index);
        }
        ran.set(index);
        return repeated.get(index);
    }

    /** Whether an instruction ran before this time. */
    boolean seenBefore(int index) {
        return repeated.get(index);
    }

    Analysis analysis() {
        return analysis;
    }

    Method method() {
        return method;
    }

    Code code() {
        return code;
    }

    int depth() {
        return depth;
    }

    Place place(int index) {
        return new Place(method.owner().name(), method.member(), code.line(index), index);
    }

    /** A number for a thing that something here makes; the same for the same. */
    int number(Object... maker) {
        return numbers.computeIfAbsent(List.of(maker), each -> numbers.size() + 1);
    }

    /** Takes down what goes wrong: for good where it is certain, else for whoever calls this. */
    void hit(Hit hit) {
        if (hit.label().isPresent() && hit.label().get().isGiven()) {
            if (pending.size() < MOST_PENDING) {
                pending.putIfAbsent(hit.withoutTrail(), hit);
            }
        } else {
            analysis.report(hit);
        }
    }

    /** Something of outside is left in a field that others read. */
    void store(String field, Taint taint) {
        if (!taint.isNone()) {
            stored.merge(field, taint, Taint::or);
        }
    }

    /** A method took too many steps. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("it takes too many steps to follow");
        }
    }

    /** What holds where a method returns. */
    private static final class Exits {
        private final boolean truth;
        private Value result = Value.NOTHING;
        private Optional<State> all = Optional.empty();
        private Optional<State> whenTrue = Optional.empty();
        private Optional<State> whenFalse = Optional.empty();

        Exits(boolean truth) {
            this.truth = truth;
        }

        void add(State state, Value value) {
            var bare = state.bare();
            result = result.or(value);
            all = join(all, bare);
            if (truth) {
                var can = value.isConstant() ? value.constants() : Set.of(0, 1);
                if (can.contains(1)) {
                    whenTrue = join(whenTrue, learned(bare, value.check().map(Check::whenTrue)));
                }
                if (can.contains(0)) {
                    whenFalse = join(whenFalse, learned(bare, value.check().map(Check::whenFalse)));
                }
            }
        }

        private static State learned(State state, Optional<List<Fact>> facts) {
            var copy = state.copy();
            facts.ifPresent(copy::learn);
            return copy;
        }

        private static Optional<State> join(Optional<State> one, State other) {
            return Optional.of(one.map(each -> each.or(other)).orElse(other));
        }

        Summary summary(List<Value> given, List<Hit> pending, Map<String, Taint> stored) {
            var told = truth && all.isPresent()
                    ? Optional.of(new Check(facts(given, whenTrue), facts(given, whenFalse)))
                    : Optional.<Check>empty();
            return new Summary(
                    result.unchecked(),
                    all.map(State::heap).orElseGet(Heap::new),
                    all.map(State::given).orElse(given),
                    told,
                    pending,
                    Map.copyOf(stored),
                    all.isPresent());
        }

        private static List<Fact> facts(List<Value> given, Optional<State> when) {
            var facts = new ArrayList<Fact>();
            if (when.isPresent()) {
                for (int i = 0; i < given.size(); i++) {
                    fact(given.get(i), when.get().given().get(i)).ifPresent(facts::add);
                }
            }
            return facts;
        }

        private static Optional<Fact> fact(Value before, Value after) {
            if (before.taint().isNone()) {
                return after.isConstant() && !before.isConstant()
                        ? Optional.of(Fact.oneOf(before.id(), after.constants()))
                        : Optional.empty();
            }
            if (after.taint().isNone()) {
                return Optional.of(Fact.harmless(before.id()));
            }
            var absent = after.taint().flows().values().stream()
                    .map(Flow::absent)
                    .reduce(Characters.ALL, Characters::common);
            return absent.equals(Characters.NONE) ? Optional.empty() : Optional.of(Fact.without(before.id(), absent));
        }
    }
}
