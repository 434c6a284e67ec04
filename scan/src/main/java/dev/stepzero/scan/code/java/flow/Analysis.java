package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.knowledge.Provider;
import dev.stepzero.scan.code.java.program.Mappers;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.code.java.program.Sound;
import dev.stepzero.scan.code.java.program.Types;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a whole program. Each method is run once for each different thing that it is given; who gives the same shares
 * the {@link Summary}. Depth, steps and variants are bounded: beyond, a method counts as unknown, and that is said.
 */
public final class Analysis {
    private static final int DEEPEST = 24;
    private static final int MOST_VARIANTS = 12;
    private static final int MOST_VAGUE = 20;
    private static final int MOST_SUMMARIES = 60_000;
    private static final long MOST_STEPS = 20_000_000;

    private final Program program;
    private final Types types;
    private final Knowledge knowledge;
    private final FieldConstants constants;
    private final Statics statics;
    private final Mappers mappers;
    private final Map<Projection.Key, Optional<Summary>> summaries = new LinkedHashMap<>();
    private final Map<Method, Integer> variants = new HashMap<>();
    private final Set<Projection.Key> running = new HashSet<>();
    private final Set<Method> seen = new HashSet<>();
    private final Set<Method> broken = new HashSet<>();
    private final Map<Map.Entry<String, Place>, Hit> hits = new LinkedHashMap<>();
    private final Map<String, Taint> left = new HashMap<>();
    private final Entries entries;
    private final Bodies bodies;
    private long steps;
    private boolean moreLeft;

    /** A summary, and how what it speaks of is called here. */
    record Used(Summary summary, Projection projection) {}

    /** An analysis of a program. */
    public Analysis(Program program, Knowledge knowledge) throws InterruptedException {
        this.program = program;
        this.knowledge = knowledge;
        types = new Types(program, knowledge.types());
        constants = new FieldConstants(program);
        statics = new Statics(this, program);
        mappers = Mappers.of(program);
        entries = new Entries(program, knowledge);
        bodies = new Bodies(this);
    }

    /** All that goes wrong. */
    public Collection<Hit> hits() throws InterruptedException {
        round();
        if (moreLeft) {
            // What one request leaves in a field another may find there.
            summaries.clear();
            variants.clear();
            seen.clear();
            moreLeft = false;
            round();
        }
        bodies.look();
        if (steps >= MOST_STEPS) {
            program.skip(
                    "the program",
                    "it is too large to be followed in full: what is beyond %d steps was left out"
                            .formatted(MOST_STEPS));
        }
        return hits.values();
    }

    private void round() throws InterruptedException {
        for (var method : entries.first()) {
            enter(method);
        }
        for (var type : program.classes()) {
            for (var method : type.methods()) {
                if (!seen.contains(method)) {
                    enter(method);
                }
            }
        }
    }

    private void enter(Method method) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!method.isAbstract() && !method.name().equals("<clinit>")) {
            entered(method).ifPresent(used -> {
                used.summary()
                        .stored()
                        .forEach(
                                (field, taint) -> leave(field, used.projection().original(taint)));
                used.summary().pending().forEach(hit -> certain(hit, used.projection()));
            });
        }
    }

    /** What comes in as a parameter needs nobody who gives it. */
    private void certain(Hit hit, Projection projection) {
        hit.label().map(projection::label).filter(label -> !label.isGiven()).ifPresent(label -> {
            var whole = projection.trail(label, hit.label().orElseThrow()).then(hit.trail());
            report(hit.given(label, whole));
        });
    }

    /** Runs a method as others may call it. */
    Optional<Used> entered(Method method) {
        var heap = new Heap();
        try {
            return call(method, Sound.read(() -> entries.given(method, heap)), heap, 0);
        } catch (IOException e) {
            leaveOut(method, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void leave(String field, Taint taint) {
        var real = new Taint(taint.flows().entrySet().stream()
                .filter(each -> !each.getKey().isGiven())
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        if (!real.isNone()) {
            var before = left.getOrDefault(field, Taint.NONE);
            var after = before.or(real);
            moreLeft |= !after.equals(before);
            left.put(field, after);
        }
    }

    /** Runs a method on what it is given, or finds what it did with the same before; empty where that is not known. */
    Optional<Used> call(Method method, List<Value> slots, Heap heap, int depth) {
        seen.add(method);
        if (depth > DEEPEST || broken.contains(method)) {
            return Optional.empty();
        }
        int count = variants.getOrDefault(method, 0);
        var projection = new Projection(slots, heap, false);
        var key = projection.key(method);
        if (!summaries.containsKey(key) && count >= MOST_VARIANTS) {
            projection = new Projection(slots, heap, true);
            key = projection.key(method);
            if (!summaries.containsKey(key) && count >= MOST_VAGUE) {
                return Optional.empty();
            }
        }
        var known = summaries.get(key);
        if (known == null) {
            known = run(method, projection, key, depth);
        }
        var used = projection;
        return known.map(summary -> new Used(summary, used));
    }

    private Optional<Summary> run(Method method, Projection projection, Projection.Key key, int depth) {
        if (!running.add(key)) {
            return Optional.empty();
        }
        try {
            variants.merge(method, 1, Integer::sum);
            var summary = summary(method, projection.given(), projection.heap(), depth);
            if (summaries.size() < MOST_SUMMARIES) {
                summaries.put(key, summary);
            }
            return summary;
        } finally {
            running.remove(key);
        }
    }

    private Optional<Summary> summary(Method method, List<Value> given, Heap heap, int depth) {
        var code = program.code(method);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Sound.read(() -> new MethodRun(this, method, code.get(), depth).run(given, heap)));
        } catch (IOException e) {
            leaveOut(method, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The arguments of a method without a body that become part of a text, by rule; none where its class file lies. */
    Map<String, List<Integer>> templates(Method method) {
        try {
            return Sound.read(() -> knowledge.templates(method, mappers));
        } catch (IOException e) {
            leaveOut(method, String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    /** What makes texts of what a method without a body is given; nothing where its class file lies. */
    List<Provider.Maker> makers(Method method) {
        try {
            return Sound.read(() -> knowledge.makers(method));
        } catch (IOException e) {
            leaveOut(method, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private void leaveOut(Method method, String why) {
        if (broken.add(method) && steps < MOST_STEPS) {
            program.skip(method.toString(), why);
        }
    }

    /** Runs a class's initialiser. */
    Optional<Heap> initialise(Method method, Heap heap, int depth) {
        seen.add(method);
        return depth > DEEPEST
                ? Optional.empty()
                : summary(
                                method,
                                List.of(Value.thing(
                                        Fields.STATICS, method.owner().name())),
                                heap,
                                depth + 1)
                        .map(Summary::heap);
    }

    void report(Hit hit) {
        hits.merge(
                Map.entry(hit.rule(), hit.place()),
                hit,
                (one, other) -> one.weaker() != other.weaker()
                        ? one.weaker() ? other : one
                        : one.trail().length() <= other.trail().length() ? one : other);
    }

    /** Counts a step; false once there were too many. */
    boolean spend() {
        return ++steps < MOST_STEPS;
    }

    public long steps() {
        return steps;
    }

    Taint leftIn(String field) {
        return left.getOrDefault(field, Taint.NONE);
    }

    Optional<Statics.Held> statics(String owner, String name, int depth) {
        return statics.of(owner, name, depth);
    }

    FieldConstants fieldConstants() {
        return constants;
    }

    Bodies bodies() {
        return bodies;
    }

    Program program() {
        return program;
    }

    Types types() {
        return types;
    }

    Knowledge knowledge() {
        return knowledge;
    }
}
