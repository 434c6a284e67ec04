package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Spells the names in a value as the Terraform provider does, where no table says otherwise. */
final class Spelling {
    private static final Conversion TAGS = Conversion.named("pairs:Key,Value");

    private Spelling() {}

    /** @param property what the value stands under: tags and policies keep their names */
    static Value of(String property, Value value) {
        if (property.equals("Tags")) {
            return TAGS.apply(value);
        }
        return keepsNames(property) ? value : Alternatives.each(value, Spelling::names);
    }

    private static boolean keepsNames(String property) {
        return property.endsWith("PolicyDocument") || property.equals("ResourcePolicy") || property.equals("Variables");
    }

    private static Value names(Value value) {
        return switch (value) {
            case Value.Sequence list -> {
                var items = new ArrayList<Located>(list.items().size());
                for (var item : list.items()) {
                    items.add(new Located(of("", item.value()), item.position()));
                }
                yield new Value.Sequence(items);
            }
            case Value.Mapping map -> {
                var entries = new LinkedHashMap<String, Located>();
                map.entries()
                        .forEach((name, entry) -> entries.put(
                                SnakeCase.of(name), new Located(of(name, entry.value()), entry.position())));
                yield new Value.Mapping(entries);
            }
            default -> value;
        };
    }
}
