package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Annotations;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.code.java.program.Types;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Label;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Step;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Trail;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where others call the program, and what they give it there. */
final class Entries {
    private static final int FIRST_LINE = 1;
    private static final List<String> CHECKS =
            List.of("javax/validation/", "jakarta/validation/", "org/springframework/validation/", "org/jspecify/");

    private final Program program;
    private final Knowledge knowledge;

    Entries(Program program, Knowledge knowledge) {
        this.program = program;
        this.knowledge = knowledge;
    }

    /** The methods that the program itself does not call by name. */
    List<Method> first() {
        var called = new HashSet<String>();
        for (var type : program.classes()) {
            called.addAll(type.references());
        }
        var first = new ArrayList<Method>();
        for (var type : program.classes()) {
            for (var method : type.methods()) {
                if (!called.contains(method.member())) {
                    first.add(method);
                }
            }
        }
        return first;
    }

    /**
     * What a method is given when others call it.
     *
     * @param heap takes the object that it is called on
     */
    List<Value> given(Method method, Heap heap) {
        var slots = new ArrayList<Value>();
        if (!method.isStatic()) {
            var name = method.owner().name();
            slots.add(heap.make(
                            1, Thing.of(Shape.OBJECT, name).sized(method.name().equals("<init>") ? 0 : -1))
                    .identified(1));
        }
        var parameters = method.type().parameterList();
        var declared = declarations(method);
        var everything = declared.stream()
                .map(each -> knowledge.endpoint(Annotations.of(each.model())))
                .flatMap(Optional::stream)
                .findFirst();
        for (int i = 0; i < parameters.size(); i++) {
            var own = annotations(declared, i, parameters.size());
            var what = knowledge.parameter(own).or(() -> everything.filter(each -> own.isEmpty()));
            var from = isOfFramework(parameters.get(i)) && own.isEmpty() ? Optional.<String>empty() : what;
            slots.add(given(parameters.get(i), from, place(method, i)).identified(i + 2));
            if (TypeKind.from(parameters.get(i)).slotSize() == 2) {
                slots.add(Value.TOP);
            }
        }
        return slots;
    }

    /** The method and those of the program's types above that it implements: frameworks take their annotations for its own. */
    private List<Method> declarations(Method method) {
        var found = new ArrayList<Method>();
        var seen = new LinkedHashSet<>(List.of(method.owner().name()));
        var queue = new ArrayDeque<>(List.of(method.owner()));
        while (!queue.isEmpty()) {
            var type = queue.remove();
            type.method(method.member()).ifPresent(found::add);
            type.above().stream()
                    .filter(seen::add)
                    .map(program::type)
                    .flatMap(Optional::stream)
                    .forEach(queue::add);
        }
        return found;
    }

    /** What annotations say about a parameter, without those that only ask for checks. */
    private static Set<String> annotations(List<Method> declared, int parameter, int count) {
        var all = new TreeSet<String>();
        for (var each : declared) {
            var annotations = Annotations.ofParameters(each.model());
            if (annotations.size() == count) {
                all.addAll(annotations.get(parameter));
            }
        }
        all.removeIf(each -> CHECKS.stream().anyMatch(each::startsWith));
        return all;
    }

    private Value given(ClassDesc type, Optional<String> what, Place place) {
        var value = Fields.typed(type.descriptorString());
        if (what.isEmpty() || isEnum(type)) {
            return value;
        }
        var flow = Flow.begin(Trail.EMPTY.then(new Step(place, what.get() + " comes in")));
        return Numbered.asDeclared(
                value.with(Taint.of(Label.from("input", true, place), flow)), type.descriptorString());
    }

    /** Requests, models and the like bring nothing in by themselves. */
    private boolean isOfFramework(ClassDesc type) {
        var name = Instructions.internal(type);
        return !name.startsWith("java/")
                && program.type(name).isEmpty()
                && type.isClassOrInterface()
                && !name.equals("org/springframework/web/multipart/MultipartFile")
                && !knowledge.types().getOrDefault(Types.known(name), List.of()).contains("java/util/Map");
    }

    private boolean isEnum(ClassDesc type) {
        return program.type(Instructions.internal(type))
                .filter(each -> each.parent().equals("java/lang/Enum"))
                .isPresent();
    }

    private Place place(Method method, int parameter) {
        var line = program.code(method).map(code -> code.line(0)).orElse(FIRST_LINE);
        return new Place(method.owner().name(), method.member(), line, -1 - parameter);
    }
}
