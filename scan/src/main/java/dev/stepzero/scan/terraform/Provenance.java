package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From which resources known texts were read. An unknown value knows by itself what it was taken from; a text that is known
 * does not, and two buckets may be called the same. So a text that is read from a resource is an object of its own.
 */
final class Provenance {
    /** Functions that make a text of those that they are given, rather than choose one of them. */
    private static final Set<String> MAKING = Set.of(
            "format",
            "join",
            "lower",
            "upper",
            "title",
            "replace",
            "substr",
            "trim",
            "trimprefix",
            "trimspace",
            "trimsuffix");

    private final IdentityHashMap<Value.Text, Set<Reference>> sources = new IdentityHashMap<>();
    private final IdentityHashMap<Value.Mapping, Map<String, Value.Text>> read = new IdentityHashMap<>();

    /** The text of an attribute, as it is read from the resource that has it. */
    Value.Text read(Value.Mapping whole, String attribute, String address, Value.Text text) {
        return read.computeIfAbsent(whole, each -> new HashMap<>(4)).computeIfAbsent(attribute, each -> {
            var references = new LinkedHashSet<>(of(text));
            references.add(new Reference(address, attribute));
            return noted(text.value(), references);
        });
    }

    /** What a value was read from; nothing for what is no known text. */
    Set<Reference> of(Value value) {
        return value instanceof Value.Text text ? sources.getOrDefault(text, Set.of()) : Set.of();
    }

    /** References with those of one more part. */
    Set<Reference> joined(Set<Reference> references, Value part) {
        var more = of(part);
        if (references.isEmpty() || more.isEmpty()) {
            return more.isEmpty() ? references : more;
        }
        var both = new LinkedHashSet<>(references);
        both.addAll(more);
        return both;
    }

    /** A text that is made of others. */
    Value made(String text, Set<Reference> references) {
        return references.isEmpty() ? Value.of(text) : noted(text, references);
    }

    /** What a function gives for arguments. */
    Value made(String function, List<Value> arguments, Value outcome) {
        if (sources.isEmpty() || !(outcome instanceof Value.Text(var text)) || !MAKING.contains(function)) {
            return outcome;
        }
        var references = new LinkedHashSet<Reference>();
        for (var argument : arguments) {
            references.addAll(of(argument));
            if (argument instanceof Value.Sequence(var items)) {
                items.forEach(item -> references.addAll(of(item.value())));
            }
        }
        return references.isEmpty() ? outcome : noted(text, references);
    }

    private Value.Text noted(String text, Set<Reference> references) {
        var own = new Value.Text(text);
        sources.put(own, references);
        return own;
    }

    /** The texts, by identity, with what they were read from. */
    IdentityHashMap<Value.Text, Set<Reference>> sources() {
        return sources;
    }
}
