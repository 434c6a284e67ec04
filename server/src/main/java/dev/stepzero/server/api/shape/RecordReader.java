package dev.stepzero.server.api.shape;

import dev.stepzero.server.errors.Rejected;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads records out of what was sent, and refuses whatever the record does not have: an unknown name, another type, a
 * text that is too long or cannot be stored. Each refusal is a {@link Rejected} that names the field.
 */
public final class RecordReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final HttpStatus status;
    private final boolean texts;

    private RecordReader(HttpStatus status, boolean texts) {
        this.status = status;
        this.texts = texts;
    }

    /** The parameters of an address. */
    public static <R> R parameters(Class<R> type, Map<String, String[]> sent) {
        var nodes = JsonNodeFactory.instance.objectNode();
        sent.forEach((name, values) -> {
            if (values.length > 1) {
                throw Rejected.field(
                        HttpStatus.BAD_REQUEST, name, "The parameter '%.60s' is there twice.".formatted(name));
            }
            // A form that leaves a filter out sends it empty.
            if (!values[0].isEmpty()) {
                nodes.put(name, values[0]);
            }
        });
        return type.cast(new RecordReader(HttpStatus.BAD_REQUEST, true).fields(type, nodes, ""));
    }

    /** The JSON object of a body. */
    public static <R> R body(Class<R> type, byte[] sent) {
        try {
            var node = JSON.readTree(sent);
            if (!node.isObject()) {
                throw Rejected.request(HttpStatus.BAD_REQUEST, "The body is a JSON object.");
            }
            return type.cast(new RecordReader(HttpStatus.UNPROCESSABLE_CONTENT, false).fields(type, node, ""));
        } catch (JacksonException e) {
            throw Rejected.request(
                    HttpStatus.BAD_REQUEST, "The body is no JSON: %.200s".formatted(e.getOriginalMessage()));
        }
    }

    /** The names that a record has, to refuse others. */
    public static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private Object fields(Class<?> type, JsonNode node, String path) {
        var components = type.getRecordComponents();
        var known = names(type);
        node.propertyNames().forEach(name -> {
            if (!known.contains(name)) {
                throw rejected(path + name, "is not known; known are: " + String.join(", ", known) + ".");
            }
        });
        var values = new Object[components.length];
        for (var i = 0; i < values.length; i++) {
            var component = components[i];
            var says = component.getAnnotation(Says.class);
            var sent = node.get(component.getName());
            values[i] = value(component.getGenericType(), sent, path + component.getName(), says);
        }
        return made(type, components, values);
    }

    private static Object made(Class<?> type, RecordComponent[] components, Object[] values) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Type type, @Nullable JsonNode sent, String field, @Nullable Says says) {
        var shape = Shape.of(type);
        if (shape instanceof Shape.Maybe(var inner)) {
            return sent == null ? Optional.empty() : Optional.of(value(inner, sent, field, says));
        }
        if (sent == null) {
            throw rejected(field, "is missing.");
        }
        return switch (shape) {
            case Shape.Plain plain -> plain(plain, sent, field, says);
            case Shape.Whole whole -> whole(whole, sent, field, says);
            case Shape.Choice choice -> choice(choice, sent, field);
            case Shape.Several(var inner) -> several(inner, sent, field, says);
            case Shape.Named _ -> throw new IllegalStateException("nothing that is sent has names that are data");
            case Shape.Fields(var record, var _) -> {
                if (!sent.isObject()) {
                    throw rejected(field, "is a JSON object.");
                }
                yield fields(record, sent, field + ".");
            }
            case Shape.Maybe _ -> throw new IllegalStateException("handled above");
        };
    }

    private Object plain(Shape.Plain plain, JsonNode sent, String field, @Nullable Says says) {
        return switch (plain) {
            case TEXT -> text(sent, field, says == null ? Shape.LONGEST : says.longest());
            case TRUTH -> truth(sent, field);
            case TIME ->
                time(sent, field, text -> OffsetDateTime.parse(text), OffsetDateTime::getYear)
                        .toInstant();
            case DAY -> time(sent, field, text -> LocalDate.parse(text), LocalDate::getYear);
            case NUMBER, ANYTHING -> throw new IllegalStateException(plain + " is only ever answered");
        };
    }

    private String text(JsonNode sent, String field, int longest) {
        if (!sent.isString()) {
            throw rejected(field, "is a text.");
        }
        var text = sent.stringValue();
        if (text.length() > longest) {
            throw rejected(field, "has at most %,d characters.".formatted(longest));
        }
        if (text.codePoints().anyMatch(each -> each == 0 || (each >= 0xD800 && each <= 0xDFFF))) {
            throw rejected(field, "has a character that is none.");
        }
        return text;
    }

    private boolean truth(JsonNode sent, String field) {
        if (sent.isBoolean()) {
            return sent.booleanValue();
        }
        if (texts
                && (sent.stringValue("").equals("true") || sent.stringValue("").equals("false"))) {
            return sent.stringValue().equals("true");
        }
        throw rejected(field, "is true or false.");
    }

    private <T> T time(JsonNode sent, String field, Function<String, T> parse, Function<T, Integer> year) {
        try {
            var time = parse.apply(sent.stringValue(""));
            if (year.apply(time) >= FIRST_YEAR && year.apply(time) <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw rejected(field, "is a day such as 2026-11-21, or where a time is asked for 2026-11-21T12:00:00Z.");
    }

    private Object whole(Shape.Whole whole, JsonNode sent, String field, @Nullable Says says) {
        var least = says == null ? 0 : says.least();
        var most = Math.min(
                says == null ? Long.MAX_VALUE : says.most(), whole.isLong() ? Long.MAX_VALUE : Integer.MAX_VALUE);
        var number = number(sent);
        if (number.isEmpty() || number.get() < least || number.get() > most) {
            throw rejected(
                    field,
                    most == Long.MAX_VALUE
                            ? "is a whole number from %d on.".formatted(least)
                            : "is a whole number from %d to %d.".formatted(least, most));
        }
        return whole.isLong() ? (Object) number.get() : (Object) Math.toIntExact(number.get());
    }

    private Optional<Long> number(JsonNode sent) {
        if (sent.isIntegralNumber() && sent.canConvertToLong()) {
            return Optional.of(sent.longValue());
        }
        return texts && sent.stringValue("").matches("-?[0-9]{1,18}")
                ? Optional.of(Long.parseLong(sent.stringValue()))
                : Optional.empty();
    }

    private Object choice(Shape.Choice choice, JsonNode sent, String field) {
        return Arrays.stream(choice.type().getEnumConstants())
                .filter(each -> Shape.word(each).equals(sent.stringValue("")))
                .findFirst()
                .orElseThrow(() -> rejected(
                        field, "is one of: " + choice.words().stream().collect(Collectors.joining(", ")) + "."));
    }

    private List<Object> several(Type inner, JsonNode sent, String field, @Nullable Says says) {
        if (!sent.isArray() || sent.size() > Shape.MOST_ELEMENTS) {
            throw rejected(field, "is an array of at most %d elements.".formatted(Shape.MOST_ELEMENTS));
        }
        var values = new ArrayList<>();
        sent.forEach(each -> values.add(value(inner, each, field + "[" + values.size() + "]", says)));
        return values;
    }

    private Rejected rejected(String field, String what) {
        var shown = field.replaceAll("\\p{Cntrl}", "?");
        return Rejected.field(status, shown, "%s '%.100s' %s".formatted(texts ? "Parameter" : "Field", shown, what));
    }
}
