package dev.stepzero.server.api.shape;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a Java type is in JSON. There are no others in the API: a record with another component ends the start. */
sealed interface Shape {
    /** Characters of a text, where nothing else is said. */
    int LONGEST = 2_000;

    /** Elements of a list that is sent. */
    int MOST_ELEMENTS = 100;

    /** A number that is whole. */
    record Whole(boolean isLong) implements Shape {}

    /** One of some words. */
    record Choice(List<String> words, Class<?> type) implements Shape {}

    /** Everything that stands in JSON as itself or as a text. */
    enum Plain implements Shape {
        TEXT,
        TRUTH,
        NUMBER,
        TIME,
        DAY,
        ANYTHING
    }

    /** Something that may be missing. */
    record Maybe(Type of) implements Shape {}

    /** Several of a kind. */
    record Several(Type of) implements Shape {}

    /** Values by names that are data. */
    record Named(Type of) implements Shape {}

    /** A record, with the types that stand for its variables. */
    record Fields(Class<?> type, List<Type> arguments) implements Shape {}

    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            return switch (raw.getName()) {
                case "java.util.Optional" -> new Maybe(arguments[0]);
                case "java.util.List" -> new Several(arguments[0]);
                case "java.util.Map" -> new Named(arguments[1]);
                default -> fields(raw, List.of(arguments));
            };
        }
        return type instanceof Class<?> raw ? of(raw) : unknown(type);
    }

    private static Shape of(Class<?> type) {
        if (type.isEnum()) {
            var words = Arrays.stream(type.getEnumConstants()).map(Shape::word).toList();
            return new Choice(words, type);
        }
        return switch (type.getName()) {
            case "java.lang.String" -> Plain.TEXT;
            case "boolean", "java.lang.Boolean" -> Plain.TRUTH;
            case "double", "java.lang.Double" -> Plain.NUMBER;
            case "java.time.Instant" -> Plain.TIME;
            case "java.time.LocalDate" -> Plain.DAY;
            case "int", "java.lang.Integer" -> new Whole(false);
            case "long", "java.lang.Long" -> new Whole(true);
            case "tools.jackson.databind.JsonNode" -> Plain.ANYTHING;
            default -> fields(type, List.of());
        };
    }

    private static Shape fields(Class<?> type, List<Type> arguments) {
        return type.isRecord() ? new Fields(type, arguments) : unknown(type);
    }

    private static Shape unknown(Type type) {
        throw new IllegalStateException("the API cannot tell what %s is in JSON".formatted(type));
    }

    /** A constant as JSON and addresses have it. */
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    /** The type of a component, with a variable of its record replaced. */
    static Type type(RecordComponent component, Fields of) {
        var variables = of.type().getTypeParameters();
        return replaced(component.getGenericType(), Map.ofEntries(entries(variables, of.arguments())));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map.Entry<String, Type>[] entries(Type[] variables, List<Type> arguments) {
        var entries = new Map.Entry[arguments.size()];
        for (var i = 0; i < entries.length; i++) {
            entries[i] = Map.entry(variables[i].getTypeName(), arguments.get(i));
        }
        return entries;
    }

    private static Type replaced(Type type, Map<String, Type> variables) {
        if (type instanceof ParameterizedType generic) {
            var arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(each -> replaced(each, variables))
                    .toList();
            return new Generic(generic.getRawType(), arguments);
        }
        return Optional.ofNullable(variables.get(type.getTypeName())).orElse(type);
    }

    /** A generic type with its variables replaced. */
    record Generic(Type raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getOwnerType() {
            return Object.class;
        }
    }
}
