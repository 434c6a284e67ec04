package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The providers that a plan was made with, as resources like those that their blocks give. */
final class Providers {
    private Providers() {}

    static void add(Value.Mapping providers, References references, List<Resource> found) {
        providers.entries().forEach((key, held) -> {
            var provider = Look.mapping(held.value());
            var name = Look.text(provider, "name").orElse("");
            var expressions = Look.mapping(provider, "expressions");
            // A module that only passes a provider on has no block of its own.
            if (name.isEmpty() || expressions.entries().isEmpty()) {
                return;
            }
            var module = Look.text(provider, "module_address")
                    .map(path -> path + ".")
                    .orElse("");
            var alias = Look.text(provider, "alias").map(text -> "." + text).orElse("");
            var address = module + "provider." + name + alias;
            found.add(new Resource(
                    "provider." + name,
                    address,
                    settings(expressions, address, references),
                    held.position(),
                    new Origin(
                            Format.TERRAFORM_PLAN, List.of(), version(provider).orElse(null))));
        });
    }

    private static Value.Mapping settings(Value.Mapping expressions, String address, References references) {
        var entries = new LinkedHashMap<String, Located>();
        expressions
                .entries()
                .forEach((name, held) ->
                        entries.put(name, new Located(setting(held.value(), address, references), held.position())));
        return new Value.Mapping(entries);
    }

    private static Value setting(Value expression, String address, References references) {
        return switch (expression) {
            case Value.Sequence blocks ->
                new Value.Sequence(blocks.items().stream()
                        .map(block -> new Located(
                                settings(Look.mapping(block.value()), address, references), block.position()))
                        .toList());
            case Value.Mapping constant
            when constant.entry("constant_value").isPresent() -> constant.get("constant_value");
            case Value.Mapping open
            when open.entry("references").isPresent() -> {
                var sources = References.texts(open);
                yield new Unknown(
                        sources.isEmpty() ? List.of(address) : sources.subList(0, Math.min(sources.size(), 16)),
                        false,
                        List.of(),
                        List.of(),
                        null,
                        references.resolve(address, sources));
            }
            case Value.Mapping block -> Value.listOf(List.of(settings(block, address, references)));
            default -> expression;
        };
    }

    /** The lowest version that the constraint lets through. */
    static Optional<String> version(Value.Mapping provider) {
        var constraint = Look.text(provider, "version_constraint").orElse("");
        for (var part : constraint.split(",", -1)) {
            var clause = part.strip();
            int digit = 0;
            while (digit < clause.length() && !Character.isDigit(clause.charAt(digit))) {
                digit++;
            }
            var operator = clause.substring(0, digit).strip();
            if (digit < clause.length() && !operator.startsWith("<") && !operator.equals("!=")) {
                return Optional.of(clause.substring(digit));
            }
        }
        return Optional.empty();
    }
}
