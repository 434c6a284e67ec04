package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a resource's values the shape that its source has. Providers write down an empty list for a block that is not
 * there, and an empty text for an argument that is not set; the source has nothing.
 */
final class Shape {
    private final String address;
    private final References references;

    private Shape(String address, References references) {
        this.address = address;
        this.references = references;
    }

    static Value.Mapping ofState(Value.Mapping attributes) {
        var entries = new LinkedHashMap<String, Located>();
        attributes.entries().forEach((name, held) -> entries.put(name, filled(blocks(held))));
        return new Value.Mapping(entries);
    }

    /** A list of objects is taken for blocks; an object alone may be a map, whose empty texts somebody wrote. */
    private static Located blocks(Located held) {
        if (!(held.value() instanceof Value.Sequence list)) {
            return held;
        }
        var items = new ArrayList<Located>(list.items().size());
        for (var item : list.items()) {
            items.add(
                    item.value() instanceof Value.Mapping block ? new Located(ofState(block), item.position()) : item);
        }
        return new Located(new Value.Sequence(items), held.position());
    }

    /**
     * Merges what a change leaves behind with what of it is not known yet.
     *
     * @param expressions what the configuration sets; null where the plan does not say
     */
    static Value.Mapping ofChange(
            String address,
            Value.Mapping after,
            Value unknown,
            Value.@Nullable Mapping expressions,
            References references) {
        return new Shape(address, references)
                .mapping(after, Look.mapping(unknown), expressions, "", new Source(List.of(), null, false));
    }

    private Value.Mapping mapping(
            Value.Mapping after,
            Value.Mapping unknown,
            Value.@Nullable Mapping expressions,
            String path,
            Source outer) {
        Map<String, Located> entries = new LinkedHashMap<>();
        after.entries().forEach((name, held) -> {
            var source = source(expressions, name, outer);
            var set = outer.written()
                    || expressions == null
                    || expressions.entry(name).isPresent();
            var merged = merged(held, unknown.get(name), source, joined(path, name), set);
            entries.put(name, outer.written() || (set && expressions != null) ? merged : filled(merged));
        });
        unknown.entries().forEach((name, held) -> {
            var set = outer.written()
                    || expressions == null
                    || expressions.entry(name).isPresent();
            if (set && !entries.containsKey(name) && open(held.value())) {
                entries.put(
                        name, merged(held, held.value(), source(expressions, name, outer), joined(path, name), true));
            }
        });
        return new Value.Mapping(entries);
    }

    /**
     * Where a value comes from.
     *
     * @param blocks the blocks of its name; null where it is no block, or nothing is said of it
     * @param written whether all in it stands in one expression, so that nothing in it is the provider's
     */
    private record Source(List<String> references, @Nullable List<Located> blocks, boolean written) {}

    private static Source source(Value.@Nullable Mapping expressions, String name, Source outer) {
        if (expressions == null) {
            return new Source(outer.references(), null, outer.written());
        }
        return switch (expressions.get(name)) {
            case Value.Sequence blocks -> new Source(outer.references(), blocks.items(), false);
            case Value.Mapping single
            when single.entry("references").isPresent() -> new Source(References.texts(single), null, true);
            case Value.Mapping single
            when single.entry("constant_value").isPresent() -> new Source(outer.references(), null, true);
            case Value.Mapping single -> new Source(outer.references(), List.of(Located.nowhere(single)), false);
            default -> new Source(outer.references(), null, outer.written());
        };
    }

    private Located merged(Located held, Value open, Source source, String path, boolean set) {
        if (open.equals(Value.TRUE)) {
            return set ? new Located(unknown(source.references(), path), held.position()) : absent(held);
        }
        if (held.value() instanceof Value.Sequence list) {
            var items = new ArrayList<Located>(list.items().size());
            var opened = Look.items(open);
            for (int i = 0; i < list.items().size(); i++) {
                var item = list.items().get(i);
                var itemOpen = i < opened.size() ? opened.get(i).value() : Value.FALSE;
                items.add(element(item, itemOpen, source, i, path));
            }
            return new Located(new Value.Sequence(items), held.position());
        }
        return element(held, open, source, 0, path);
    }

    private Located element(Located item, Value open, Source source, int index, String path) {
        if (open.equals(Value.TRUE)) {
            return new Located(unknown(source.references(), path), item.position());
        }
        return switch (item.value()) {
            case Value.Mapping map -> {
                // Blocks that a dynamic block wrote are not among the configuration's.
                var blocks = source.blocks();
                var block = blocks != null && index < blocks.size()
                        ? Look.mapping(blocks.get(index).value())
                        : null;
                yield new Located(mapping(map, Look.mapping(open), block, path, source), item.position());
            }
            case Value.Sequence list -> merged(item, open, source, path, true);
            case Value.Text text -> new Located(references.known(address, source.references(), text), item.position());
            default -> item;
        };
    }

    /** Whether anything in it is not known yet. */
    private static boolean open(Value value) {
        return switch (value) {
            case Value.Bool bool -> bool.value();
            case Value.Sequence list -> list.items().stream().anyMatch(item -> open(item.value()));
            case Value.Mapping map -> map.entries().values().stream().anyMatch(item -> open(item.value()));
            default -> false;
        };
    }

    private Unknown unknown(List<String> sources, String path) {
        var own = Unknown.computed(new Reference(address, path));
        var found = references.resolve(address, sources);
        if (found.isEmpty()) {
            return own;
        }
        var because = new ArrayList<String>();
        for (var reference : found) {
            because.add(
                    reference.attribute().isEmpty()
                            ? reference.address()
                            : reference.address() + "." + reference.attribute() + " is known after apply");
        }
        return new Unknown(because, true, List.of(), List.of(), null, found);
    }

    private static Located filled(Located held) {
        var empty = switch (held.value()) {
            case Value.Text text -> text.value().isEmpty();
            case Value.Sequence list -> list.isEmpty();
            case Value.Mapping map -> map.entries().isEmpty();
            default -> false;
        };
        return empty ? absent(held) : held;
    }

    private static Located absent(Located held) {
        return new Located(Value.ABSENT, held.position());
    }

    private static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
