package dev.stepzero.ship.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints a {@link Shape} as a JSON Schema (draft 2020-12), which editors use for completion and checking. */
public final class JsonSchema {
    private JsonSchema() {}

    public static String print(Shape.Keys shape, String title) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.putAll(describe(shape));
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static Map<String, Object> describe(Shape shape) {
        var schema = new LinkedHashMap<String, Object>();
        switch (shape) {
            case Shape.Keys keys -> {
                var properties = new LinkedHashMap<String, Object>();
                keys.keys().forEach((name, key) -> properties.put(name, described(key)));
                schema.put("type", "object");
                schema.put("additionalProperties", false);
                schema.put("properties", properties);
                if (!keys.required().isEmpty()) {
                    schema.put("required", keys.required().stream().sorted().toList());
                }
            }
            case Shape.Named named -> {
                schema.put("type", "object");
                schema.put(
                        "propertyNames",
                        Map.of("pattern", anchored(named.names().pattern())));
                schema.put("additionalProperties", describe(named.value()));
            }
            case Shape.Many many -> {
                schema.put("type", "array");
                schema.put("items", describe(many.item()));
            }
            case Shape.Text text -> {
                schema.put("type", java.util.List.of("string", "number", "boolean"));
                if (!text.example().equals(Shape.text().example())) {
                    schema.put("pattern", anchored(text.pattern().pattern()));
                }
            }
            case Shape.Whole whole -> {
                schema.put("type", "integer");
                schema.put("minimum", whole.least());
                schema.put("maximum", whole.most());
            }
            case Shape.Choice choice -> schema.put("enum", choice.words());
        }
        return schema;
    }

    private static Map<String, Object> described(Shape.Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", key.meaning());
        schema.putAll(describe(key.shape()));
        return schema;
    }

    private static String anchored(String pattern) {
        return "^(" + pattern + ")$";
    }
}
