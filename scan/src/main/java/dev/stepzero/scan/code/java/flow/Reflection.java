package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import dev.stepzero.scan.code.java.value.Value.ResourceName;
import dev.stepzero.scan.code.java.value.Value.TypeName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Classes that are made by their names, resources, and properties that are read from them. */
final class Reflection implements Model {
    private static final List<String> SAME =
            List.of("getClassLoader", "getConstructor", "getDeclaredConstructor", "asSubclass", "getConstructors");

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        return switch (call.owner()) {
            case "java/lang/Class", "java/lang/ClassLoader", "java/lang/reflect/Constructor", "java/lang/Thread" ->
                type(call, state, run);
            case "java/util/Properties" -> call.name().equals("load") ? load(call, state, run) : Optional.empty();
            case "java/lang/Object" -> object(call, state);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> object(Call call, State state) {
        return call.name().equals("getClass")
                ? state.heap().of(call.on()).map(thing -> Value.constant(new TypeName(thing.type())))
                : Optional.empty();
    }

    private static Optional<Value> type(Call call, State state, MethodRun run) {
        return switch (call.name()) {
            case "forName", "loadClass" ->
                call.argument(0)
                        .only()
                        .filter(String.class::isInstance)
                        .map(name -> Value.constant(new TypeName(name.toString().replace('.', '/'))));
            case "newInstance" ->
                call.on()
                        .only()
                        .filter(TypeName.class::isInstance)
                        .flatMap(each -> make(((TypeName) each).name(), call, state, run));
            case "getResourceAsStream" ->
                call.argument(0)
                        .only()
                        .filter(String.class::isInstance)
                        .map(name -> Value.constant(new ResourceName(absolute(name.toString(), call))));
            case "getName" ->
                call.on()
                        .only()
                        .filter(TypeName.class::isInstance)
                        .map(each -> Value.constant(((TypeName) each).name().replace('/', '.')));
            default -> SAME.contains(call.name()) ? Optional.of(call.on().unchecked()) : Optional.empty();
        };
    }

    private static String absolute(String name, Call call) {
        if (call.owner().equals("java/lang/Class")
                && !name.startsWith("/")
                && call.on().only().orElse(Null.NULL) instanceof TypeName type) {
            return type.name().substring(0, type.name().lastIndexOf('/') + 1) + name;
        }
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** An object of a class of the program, with its constructor run where it takes nothing. */
    private static Optional<Value> make(String type, Call call, State state, MethodRun run) {
        if (run.analysis().program().type(type).isEmpty()) {
            return Optional.empty();
        }
        var value = state.heap().make(run.number("made", call.place().index()), Containers.made(type));
        var constructor = new Call(
                type,
                Call.CONSTRUCTOR,
                MethodTypeDesc.of(ConstantDescs.CD_void),
                Optional.of(value),
                List.of(),
                false,
                call.place());
        new OwnMethods(run, state).answer(constructor);
        return Optional.of(value);
    }

    /** Properties of the class path are what they are; those of other places may be anything. */
    private static Optional<Value> load(Call call, State state, MethodRun run) {
        var name = call.argument(0).constants().stream()
                .filter(ResourceName.class::isInstance)
                .map(ResourceName.class::cast)
                .findFirst();
        var entries = name.flatMap(each -> run.analysis().program().resource(each.name()))
                .flatMap(Reflection::parse);
        state.heap().change(call.on(), thing -> {
            if (thing.shape() != Shape.MAP || entries.isEmpty()) {
                return thing.plus(Value.UNKNOWN.with(state.heap().deep(call.argument(0))));
            }
            Thing all = thing;
            for (var entry : entries.get().entrySet()) {
                all = all.with(entry.getKey(), Value.constant(entry.getValue()));
            }
            return all;
        });
        return Optional.of(Value.NOTHING);
    }

    private static Optional<Map<Object, Object>> parse(byte[] bytes) {
        var properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(bytes));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new HashMap<>(properties));
    }
}
