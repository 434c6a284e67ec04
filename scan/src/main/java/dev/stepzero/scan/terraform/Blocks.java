package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates what stands between the braces of a block; repeats its dynamic blocks. */
final class Blocks {
    private static final int MOST_REPEATED = 100_000;
    private static final Set<String> UNEVALUATED =
            Set.of("precondition", "postcondition", "replace_triggered_by", "validation");

    private final Expressions expressions;
    private final Limits limits;

    Blocks(Expressions expressions, Limits limits) {
        this.expressions = expressions;
        this.limits = limits;
    }

    /** All attributes and blocks but those of these names. */
    Value.Mapping body(Body body, Scope scope, Set<String> without) {
        var entries = new LinkedHashMap<String, Located>(
                (body.attributes().size() + body.blocks().size()) * 2);
        for (var attribute : body.attributes()) {
            var name = attribute.name();
            if (name.equals("dynamic")) {
                dynamicsOfJson(attribute.value(), scope, entries);
            } else if (name.equals("lifecycle")
                    && attribute.value() instanceof Expression.ObjectOf(var parts, var at)) {
                entries.put(name, new Located(lifecycle(parts, scope), at));
            } else if (!without.contains(name)) {
                var value = limits.weighed(expressions.evaluate(attribute.value(), scope), attribute.position());
                entries.put(name, new Located(value, attribute.position()));
            }
        }
        if (!body.blocks().isEmpty()) {
            blocks(body, scope, without, entries);
        }
        limits.hold(3L + entries.size() * 2L, body.position());
        return new Value.Mapping(entries);
    }

    private void blocks(Body body, Scope scope, Set<String> without, Map<String, Located> entries) {
        var repeated = new LinkedHashMap<String, List<Located>>();
        for (var block : body.blocks()) {
            var type = block.type();
            if (type.equals("dynamic") && !block.labels().isEmpty()) {
                dynamic(block.labels().getFirst(), block.body(), block.position(), scope, repeated);
            } else if (type.equals("lifecycle")) {
                repeated.computeIfAbsent(type, each -> new ArrayList<>(1)).add(lifecycle(block, scope));
            } else if (!without.contains(type) && !UNEVALUATED.contains(type)) {
                repeated.computeIfAbsent(type, each -> new ArrayList<>(1)).add(block(block, scope));
            }
        }
        for (var entry : repeated.entrySet()) {
            var blocks = entry.getValue();
            var position =
                    blocks.isEmpty() ? body.position() : blocks.getFirst().position();
            entries.put(entry.getKey(), new Located(new Value.Sequence(blocks), position));
        }
    }

    private Located block(Body.Block block, Scope scope) {
        var attributes = body(block.body(), scope, Set.of());
        // A backend or a provisioner has its kind as label.
        return block.labels().isEmpty() || attributes.entries().containsKey("type")
                ? new Located(attributes, block.position())
                : new Located(
                        attributes.with(
                                "type", new Located(Value.of(block.labels().getFirst()), block.position())),
                        block.position());
    }

    private void dynamic(String name, Body body, Position position, Scope scope, Map<String, List<Located>> repeated) {
        var blocks = repeated.computeIfAbsent(name, each -> new ArrayList<>());
        Body content = null;
        for (var inner : body.blocks()) {
            content = inner.type().equals("content") ? inner.body() : content;
        }
        var collection = Syntax.attribute(body, "for_each");
        if (content == null || collection.isEmpty()) {
            limits.problem("a dynamic block needs for_each and content", position);
            return;
        }
        var iterator = Syntax.attribute(body, "iterator")
                .map(each -> Syntax.written(each.value()))
                .orElse(name);
        for (var pair : pairs(expressions.evaluate(collection.get().value(), scope), position)) {
            blocks.add(new Located(
                    body(content, scope.iterating(iterator, pair.key(), pair.value()), Set.of()), position));
        }
    }

    private List<Expansion.Pair> pairs(Value collection, Position position) {
        var pairs = new ArrayList<Expansion.Pair>();
        switch (collection) {
            case Unknown unknown -> pairs.add(Expansion.onlyElement(unknown));
            case Value.Mapping map ->
                Loops.sorted(map).forEach((key, entry) -> pairs.add(new Expansion.Pair(Value.of(key), entry.value())));
            case Value.Sequence(var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    pairs.add(new Expansion.Pair(Value.of(i), items.get(i).value()));
                }
            }
            case Value.Absent _ -> {}
            default -> limits.problem("for_each takes a collection", position);
        }
        if (pairs.size() > MOST_REPEATED || !limits.hold(pairs.size() * 5L, position)) {
            limits.problem("more than %,d blocks: they are left out".formatted(MOST_REPEATED), position);
            return List.of();
        }
        return pairs;
    }

    /** In Terraform's JSON syntax, dynamic blocks are an object by their names, or a list of such. */
    private void dynamicsOfJson(Expression value, Scope scope, Map<String, Located> entries) {
        switch (value) {
            case Expression.Tuple(var items, var _) ->
                items.forEach(item -> {
                    if (item instanceof Expression.ObjectOf) {
                        dynamicsOfJson(item, scope, entries);
                    }
                });
            case Expression.ObjectOf(var named, var _) -> {
                for (var entry : named) {
                    var name = Syntax.literal(entry.key()).orElse("");
                    var blocks = new ArrayList<Located>();
                    dynamicOfJson(name, entry.value(), scope, blocks);
                    entries.put(
                            name,
                            new Located(
                                    new Value.Sequence(blocks), entry.value().position()));
                }
            }
            default -> limits.problem("a dynamic block needs for_each and content", value.position());
        }
    }

    private void dynamicOfJson(String name, Expression value, Scope scope, List<Located> blocks) {
        if (value instanceof Expression.Tuple(var items, var _)) {
            for (var item : items) {
                if (item instanceof Expression.ObjectOf) {
                    dynamicOfJson(name, item, scope, blocks);
                }
            }
            return;
        }
        Expression collection = null;
        Expression content = null;
        var iterator = name;
        if (value instanceof Expression.ObjectOf(var parts, var _)) {
            for (var part : parts) {
                switch (Syntax.literal(part.key()).orElse("")) {
                    case "for_each" -> collection = part.value();
                    case "content" -> content = part.value();
                    case "iterator" -> iterator = Syntax.written(part.value());
                    default -> {}
                }
            }
        }
        if (collection == null || content == null) {
            limits.problem("a dynamic block needs for_each and content", value.position());
            return;
        }
        for (var pair : pairs(expressions.evaluate(collection, scope), value.position())) {
            var inner = scope.iterating(iterator, pair.key(), pair.value());
            blocks.add(new Located(expressions.evaluate(content, inner), value.position()));
        }
    }

    /** Its ignore_changes names attributes instead of giving values. */
    private Located lifecycle(Body.Block block, Scope scope) {
        var parts = new ArrayList<Expression.ObjectOf.Entry>();
        for (var attribute : block.body().attributes()) {
            parts.add(new Expression.ObjectOf.Entry(
                    new Expression.Literal(Value.of(attribute.name()), attribute.position()), attribute.value()));
        }
        return new Located(lifecycle(parts, scope), block.position());
    }

    private Value.Mapping lifecycle(List<Expression.ObjectOf.Entry> parts, Scope scope) {
        var entries = new LinkedHashMap<String, Located>();
        for (var part : parts) {
            var name = Syntax.literal(part.key()).orElse("");
            var position = part.value().position();
            if (name.equals("ignore_changes")) {
                entries.put(name, new Located(ignored(part.value()), position));
            } else if (!UNEVALUATED.contains(name)) {
                entries.put(name, new Located(expressions.evaluate(part.value(), scope), position));
            }
        }
        return new Value.Mapping(entries);
    }

    private static Value ignored(Expression names) {
        return switch (names) {
            case Expression.Tuple(var items, var _) -> {
                var written = new ArrayList<Located>(items.size());
                items.forEach(each -> written.add(new Located(Value.of(Syntax.written(each)), each.position())));
                yield new Value.Sequence(written);
            }
            default -> Value.of(Syntax.written(names));
        };
    }
}
