package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.scan.iac.GivenValues;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The values that files give to the variables of a root module.
 *
 * @param files the paths of the files
 */
record ValuesInFiles(Workspace workspace, Roots.Root root, Set<String> files) implements GivenValues {
    @Override
    public boolean standIn(String file) {
        return files.contains(file);
    }

    @Override
    public Resources without(Predicate<Position> values) throws InterruptedException {
        return RootEvaluations.of(workspace.without(values), List.of(root))
                .getFirst()
                .configured();
    }

    /** The file with what is taken away replaced by what cannot be told. */
    static Body without(Predicate<Position> values, Body file) {
        var attributes = new ArrayList<Body.Attribute>(file.attributes().size());
        for (var attribute : file.attributes()) {
            var value = values.test(attribute.position())
                    ? withheld(attribute.value())
                    : without(values, attribute.value());
            attributes.add(new Body.Attribute(attribute.name(), value, attribute.position()));
        }
        return new Body(attributes, file.blocks(), file.position());
    }

    private static Expression without(Predicate<Position> values, Expression expression) {
        return switch (expression) {
            case Expression.Tuple(var items, var at) ->
                new Expression.Tuple(
                        items.stream()
                                .map(item -> values.test(item.position()) ? withheld(item) : without(values, item))
                                .toList(),
                        at);
            case Expression.ObjectOf(var entries, var at) ->
                new Expression.ObjectOf(
                        entries.stream().map(entry -> without(values, entry)).toList(), at);
            default -> expression;
        };
    }

    private static Expression.ObjectOf.Entry without(Predicate<Position> values, Expression.ObjectOf.Entry entry) {
        var key = entry.key().position();
        var value = entry.value();
        var whole = new Position(
                key.file(), key.line(), key.column(), value.position().endLine());
        return new Expression.ObjectOf.Entry(
                entry.key(), values.test(whole) ? withheld(value) : without(values, value));
    }

    private static Expression withheld(Expression value) {
        return new Expression.Broken("it was taken away", value.position());
    }
}
