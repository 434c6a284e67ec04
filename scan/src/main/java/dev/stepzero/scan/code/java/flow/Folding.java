package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out calls of pure functions of Java's library on constants, by calling them. */
final class Folding implements Model {
    private static final Map<String, Class<?>> OWNERS = Map.of(
            "java/lang/String", String.class,
            "java/lang/Integer", Integer.class,
            "java/lang/Long", Long.class,
            "java/lang/Boolean", Boolean.class,
            "java/lang/Character", Character.class,
            "java/lang/Math", Math.class);
    private static final Set<String> NAMES = Set.of(
            "length",
            "charAt",
            "substring",
            "indexOf",
            "lastIndexOf",
            "equals",
            "equalsIgnoreCase",
            "startsWith",
            "endsWith",
            "contains",
            "contentEquals",
            "isEmpty",
            "isBlank",
            "trim",
            "strip",
            "toLowerCase",
            "toUpperCase",
            "concat",
            "replace",
            "hashCode",
            "valueOf",
            "toString",
            "compareTo",
            "compareToIgnoreCase",
            "parseInt",
            "parseLong",
            "parseBoolean",
            "intValue",
            "longValue",
            "booleanValue",
            "charValue",
            "abs",
            "max",
            "min",
            "isDigit",
            "isLetter",
            "isLetterOrDigit",
            "intern",
            "codePointAt",
            "compare",
            "toHexString",
            "floorMod");
    private static final int MOST = 8;
    private static final int LONGEST = 10_000;

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        var owner = OWNERS.get(call.owner());
        if (owner == null
                || !NAMES.contains(call.name())
                || !call.all().stream().allMatch(Value::isConstant)) {
            return Optional.empty();
        }
        return method(owner, call).flatMap(method -> fold(method, call));
    }

    private static Optional<Method> method(Class<?> owner, Call call) {
        try {
            var types = new ArrayList<Class<?>>();
            for (var each : call.type().parameterList()) {
                types.add(type(each));
            }
            return Optional.of(owner.getMethod(call.name(), types.toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Class<?> type(ClassDesc type) throws ClassNotFoundException {
        return switch (type.descriptorString()) {
            case "I" -> int.class;
            case "J" -> long.class;
            case "Z" -> boolean.class;
            case "C" -> char.class;
            case "Ljava/lang/String;" -> String.class;
            case "Ljava/lang/Object;" -> Object.class;
            case "Ljava/lang/CharSequence;" -> CharSequence.class;
            default -> throw new ClassNotFoundException(type.displayName());
        };
    }

    private static Optional<Value> fold(Method method, Call call) {
        Set<Object> results = new HashSet<>();
        for (var receiver : call.receiver().map(Value::constants).orElse(Set.of(0))) {
            for (var arguments : combinations(call.arguments())) {
                var result = invoke(method, call, receiver, arguments);
                if (result.isEmpty() || results.size() >= MOST) {
                    return Optional.empty();
                }
                results.add(result.get());
            }
        }
        var value = Value.NOTHING.withConstants(results);
        if (method.getReturnType() == String.class) {
            value = value.typed(Texts.STRING)
                    .starting(results.size() == 1 ? results.iterator().next().toString() : "");
        }
        for (var each : call.all()) {
            value = value.plus(each.taint());
        }
        return Optional.of(value);
    }

    private static List<List<Object>> combinations(List<Value> arguments) {
        List<List<Object>> all = List.of(List.of());
        for (var argument : arguments) {
            var longer = new ArrayList<List<Object>>();
            for (var beginning : all) {
                for (var constant : argument.constants()) {
                    var list = new ArrayList<>(beginning);
                    list.add(constant);
                    longer.add(list);
                }
            }
            if (longer.size() > MOST * MOST) {
                return List.of();
            }
            all = longer;
        }
        return all;
    }

    private static Optional<Object> invoke(Method method, Call call, Object receiver, List<Object> constants) {
        try {
            var arguments = new Object[constants.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = given(constants.get(i), method.getParameterTypes()[i]);
            }
            var on = call.receiver().isPresent() ? given(receiver, method.getDeclaringClass()) : null;
            var result = method.invoke(on, arguments);
            return switch (result) {
                case String text when text.length() <= LONGEST -> Optional.of(text);
                case Integer number -> Optional.of(number);
                case Long number -> Optional.of(number);
                case Boolean truth -> Optional.of(truth ? 1 : 0);
                case Character character -> Optional.of((int) character);
                case null, default -> Optional.empty();
            };
        } catch (IllegalAccessException
                | InvocationTargetException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static @org.jspecify.annotations.Nullable Object given(Object constant, Class<?> type) {
        if (constant == Null.NULL) {
            return null;
        }
        if (type == boolean.class || type == Boolean.class) {
            return ((Integer) constant) != 0;
        }
        if (type == char.class || type == Character.class) {
            return (char) (int) (Integer) constant;
        }
        return constant;
    }
}
