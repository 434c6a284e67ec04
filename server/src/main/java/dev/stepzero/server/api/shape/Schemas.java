package dev.stepzero.server.api.shape;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes types as JSON Schema 2020-12, each record once under its name. What may be missing is not required. */
public final class Schemas {
    private static final String PLACE = "#/components/schemas/";

    private final Map<String, Object> records = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    /** All records that were described so far, by their names. */
    public Map<String, Object> records() {
        return records;
    }

    /** The schema of something that is answered. */
    public Map<String, Object> of(Type type) {
        return schema(type, null, false);
    }

    /** The schema of a body that is sent: what it does not name is refused. */
    public Map<String, Object> ofBody(Class<?> type) {
        return schema(type, null, true);
    }

    /** The parameters of a record, as OpenAPI has them. */
    public List<Map<String, Object>> parameters(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(this::parameter).toList();
    }

    private Map<String, Object> parameter(RecordComponent component) {
        var says = component.getAnnotation(Says.class);
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", component.getName());
        parameter.put("in", "query");
        if (says != null) {
            parameter.put("description", says.value());
        }
        parameter.put("required", !isOptional(component.getGenericType()));
        parameter.put("schema", schema(component.getGenericType(), says, true));
        return parameter;
    }

    private static boolean isOptional(Type type) {
        return Shape.of(type) instanceof Shape.Maybe;
    }

    /** The schema of a type. */
    public Map<String, Object> schema(Type type, @Nullable Says says, boolean sent) {
        var schema = new LinkedHashMap<String, Object>();
        switch (Shape.of(type)) {
            case Shape.Maybe(var inner) -> schema.putAll(schema(inner, says, sent));
            case Shape.Whole whole -> whole(whole, says, sent, schema);
            case Shape.Choice choice -> {
                schema.put("type", "string");
                schema.put("enum", choice.words());
            }
            case Shape.Plain plain -> plain(plain, says, sent, schema);
            case Shape.Several(var inner) -> {
                schema.put("type", "array");
                schema.put("items", schema(inner, sent ? says : null, sent));
                if (sent) {
                    schema.put("maxItems", Shape.MOST_ELEMENTS);
                }
            }
            case Shape.Named(var inner) -> {
                schema.put("type", "object");
                schema.put("additionalProperties", schema(inner, null, sent));
            }
            case Shape.Fields fields -> schema.put("$ref", PLACE + described(fields, sent));
        }
        if (sent && says != null && !says.byDefault().isEmpty()) {
            schema.put("default", typed(says.byDefault()));
        }
        return schema;
    }

    private static Object typed(String text) {
        return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    private static void whole(Shape.Whole whole, @Nullable Says says, boolean sent, Map<String, Object> schema) {
        schema.put("type", "integer");
        schema.put("format", whole.isLong() ? "int64" : "int32");
        if (sent) {
            schema.put("minimum", says == null ? 0 : says.least());
            if (says != null && says.most() != Long.MAX_VALUE) {
                schema.put("maximum", says.most());
            }
        }
    }

    private static void plain(Shape.Plain plain, @Nullable Says says, boolean sent, Map<String, Object> schema) {
        switch (plain) {
            case TEXT -> {
                schema.put("type", "string");
                if (sent) {
                    schema.put("maxLength", says == null ? Shape.LONGEST : says.longest());
                }
            }
            case TRUTH -> schema.put("type", "boolean");
            case NUMBER -> schema.put("type", "number");
            case TIME -> {
                schema.put("type", "string");
                schema.put("format", "date-time");
            }
            case DAY -> {
                schema.put("type", "string");
                schema.put("format", "date");
            }
            case ANYTHING -> {}
        }
    }

    private String described(Shape.Fields fields, boolean sent) {
        var name = name(fields);
        var before = owners.putIfAbsent(name, fields.type());
        if (before != null && before != fields.type()) {
            throw new IllegalStateException("two records of the API are called " + name);
        }
        if (before == null) {
            records.put(name, fields(fields, sent));
        }
        return name;
    }

    /** A page of runs is a {@code RunRecordPage}. */
    private static String name(Shape.Fields fields) {
        return fields.arguments().stream()
                .map(each -> each instanceof Class<?> argument ? argument.getSimpleName() : each.getTypeName())
                .collect(Collectors.joining("", "", fields.type().getSimpleName()));
    }

    private Map<String, Object> fields(Shape.Fields fields, boolean sent) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var component : fields.type().getRecordComponents()) {
            var type = Shape.type(component, fields);
            var says = component.getAnnotation(Says.class);
            var schema = schema(type, says, sent);
            if (says != null) {
                schema.put("description", says.value());
            }
            properties.put(component.getName(), schema);
            if (!isOptional(type)) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (sent) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
