package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The intrinsic functions. What cannot be computed before the stack is made is unknown, with the function as the reason. */
final class Functions {
    private static final int LONGEST_REASON = 300;

    private final Evaluation evaluation;
    private final Value.Mapping mappings;
    private final Parameters parameters;
    private final Neighbours neighbours;
    private final Conditions conditions;
    private final Substitution substitution;

    Functions(
            Evaluation evaluation,
            Value.Mapping mappings,
            Parameters parameters,
            Neighbours neighbours,
            Conditions conditions) {
        this.evaluation = evaluation;
        this.mappings = mappings;
        this.parameters = parameters;
        this.neighbours = neighbours;
        this.conditions = conditions;
        this.substitution = new Substitution(this::reference, this::attribute, evaluation.growth());
    }

    static boolean isOne(String key) {
        return key.equals("Ref")
                || key.equals("Condition")
                || (key.startsWith("Fn::") && !key.startsWith(ForEach.PREFIX));
    }

    Value call(String function, Located argument, Map<String, Value> loop) {
        var given = argument.value();
        return switch (function) {
            // Only these two look at their arguments before they are evaluated.
            case "Fn::If" -> choice(given, loop);
            case "Fn::Sub" -> substitution.of(given, loop, evaluation);
            case "Condition" -> condition(argument, loop);
            default -> eager(function, evaluation.value(given, loop), loop);
        };
    }

    private Value eager(String function, Value argument, Map<String, Value> loop) {
        return switch (function) {
            case "Ref" -> Texts.of(argument).map(name -> reference(name, loop)).orElseGet(() -> wrong(function));
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Join" -> join(argument);
            case "Fn::Split" -> split(argument);
            case "Fn::Select" -> select(argument);
            case "Fn::Cidr" -> Subnets.of(argument).orElseGet(() -> wrong(function));
            case "Fn::GetAZs" -> zones(argument);
            case "Fn::FindInMap" -> new MapLookup(mappings).find(argument);
            case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" -> conditions.call(function, argument);
            // What is encoded is what a person wrote and a rule wants to see.
            case "Fn::Base64" -> argument;
            case "Fn::ToJsonString" -> new JsonText(evaluation.growth()).of(argument);
            case "Fn::Length" ->
                argument instanceof Value.Sequence list
                        ? Value.of(list.items().size())
                        : Unknown.because(function).present();
            case "Fn::ImportValue" ->
                Unknown.because("the import of " + Texts.of(argument).orElse("another stack's output"))
                        .present();
            default -> Unknown.because(function).present();
        };
    }

    /** A {@code Condition} that stands alone is the name of one in the conditions, and an object's own key elsewhere. */
    private Value condition(Located argument, Map<String, Value> loop) {
        return argument.value() instanceof Value.Text(String name)
                ? conditions.named(name)
                : new Value.Mapping(Map.of(
                        "Condition", new Located(evaluation.value(argument.value(), loop), argument.position())));
    }

    private Value reference(String name, Map<String, Value> loop) {
        var looped = loop.get(name);
        if (looped != null) {
            return looped;
        }
        return parameters
                .value(name)
                .or(() -> neighbours.reference(name))
                .orElseGet(() -> dangling("there is no parameter or resource " + name, name, ""));
    }

    private Value attribute(Value argument) {
        if (argument instanceof Value.Sequence list && list.items().size() >= 2) {
            var names = new ArrayList<Value>();
            list.items().forEach(item -> names.add(item.value()));
            return attribute(
                    Texts.of(Texts.join(names, ".", evaluation.growth())).orElse(""));
        }
        return Texts.of(argument).map(this::attribute).orElseGet(() -> wrong("Fn::GetAtt"));
    }

    private Value attribute(String path) {
        int dot = path.indexOf('.');
        var logicalId = dot < 0 ? path : path.substring(0, dot);
        var name = dot < 0 ? "" : path.substring(dot + 1);
        return neighbours
                .attribute(logicalId, name)
                .orElseGet(() -> dangling("there is no resource " + logicalId, logicalId, name));
    }

    /** What a template refers to and does not have; it is none of what it has. */
    private static Unknown dangling(String why, String logicalId, String attribute) {
        return Unknown.because(why).present().from(new Reference(logicalId, attribute));
    }

    private Value choice(Value argument, Map<String, Value> loop) {
        if (!(argument instanceof Value.Sequence list) || list.items().size() != 3) {
            return wrong("Fn::If");
        }
        var test = list.items().get(0).value();
        var name = Texts.of(evaluation.value(test, loop));
        var answer = name.isPresent() ? conditions.named(name.get()) : evaluation.value(test, loop);
        if (answer instanceof Value.Bool bool) {
            return evaluation.value(list.items().get(bool.value() ? 1 : 2).value(), loop);
        }
        return Unknown.either(
                answer instanceof Unknown unknown ? reason(unknown) : "Fn::If",
                evaluation.value(list.items().get(1).value(), loop),
                evaluation.value(list.items().get(2).value(), loop));
    }

    private static String reason(Unknown test) {
        var chain = test.chain();
        return chain.length() <= LONGEST_REASON ? chain : chain.substring(0, LONGEST_REASON) + "...";
    }

    private Value join(Value argument) {
        if (!(argument instanceof Value.Sequence list) || list.items().size() != 2) {
            return wrong("Fn::Join");
        }
        var delimiter = Texts.of(list.items().get(0).value()).orElse("");
        return switch (list.items().get(1).value()) {
            case Value.Sequence parts -> {
                var values = new ArrayList<Value>();
                parts.items().forEach(part -> values.add(part.value()));
                yield Texts.join(values, delimiter, evaluation.growth());
            }
            case Unknown unknown ->
                new Unknown(unknown.because(), true, List.of(), List.of(), null, unknown.references());
            default -> wrong("Fn::Join");
        };
    }

    private Value split(Value argument) {
        if (!(argument instanceof Value.Sequence list) || list.items().size() != 2) {
            return wrong("Fn::Split");
        }
        var delimiter = Texts.of(list.items().get(0).value()).orElse("");
        var text = Texts.of(list.items().get(1).value()).orElse("");
        if (delimiter.isEmpty() || text.isEmpty()) {
            return list.items().get(1).value() instanceof Unknown unknown
                    ? new Unknown(unknown.because(), true, List.of(), List.of(), null, unknown.references())
                    : Unknown.because("Fn::Split").present();
        }
        if (!evaluation.growth().text(text.length() * 4L)) {
            return Unknown.because("the template unfolds to too much text").present();
        }
        var items = new ArrayList<Located>();
        int at = 0;
        for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, at)) {
            items.add(Located.nowhere(Value.of(text.substring(at, end))));
            at = end + delimiter.length();
        }
        items.add(Located.nowhere(Value.of(text.substring(at))));
        return new Value.Sequence(items);
    }

    private static Value select(Value argument) {
        if (!(argument instanceof Value.Sequence pair) || pair.items().size() != 2) {
            return wrong("Fn::Select");
        }
        int index = Texts.of(pair.items().get(0).value()).map(Functions::index).orElse(-1);
        return switch (pair.items().get(1).value()) {
            case Value.Sequence list
            when index >= 0 && index < list.items().size() ->
                list.items().get(index).value();
            case Unknown unknown
            when unknown.oneOf().stream().anyMatch(Value.Sequence.class::isInstance) ->
                oneOf(unknown, pair.items().get(0));
            case Unknown unknown ->
                new Unknown(unknown.because(), true, List.of(), List.of(), null, unknown.references());
            default -> Unknown.because("Fn::Select").present();
        };
    }

    /** The element of each alternative; where they have it, it is the same in all of them more often than not. */
    private static Value oneOf(Unknown lists, Located index) {
        @Nullable Value joined = null;
        for (var each : lists.oneOf()) {
            var element = select(new Value.Sequence(List.of(index, Located.nowhere(each))));
            if (element instanceof Unknown unknown && unknown.because().equals(List.of("Fn::Select"))) {
                continue;
            }
            joined = joined == null ? element : Unknown.either(lists.chain(), joined, element);
        }
        return joined == null ? Unknown.because("Fn::Select").present() : joined;
    }

    /** No region has fewer zones than two or more than six; what they are called begins with the region's name. */
    private static Value zones(Value argument) {
        var region = Texts.of(argument).orElse("");
        var reason = region.isEmpty() ? "the zones of the region" : "the zones of " + region;
        var open = Unknown.because(reason).present();
        var zone = region.isEmpty() ? open : Unknown.text(List.of(Value.of(region), open));
        var lists = new ArrayList<Value>();
        for (int count = 2; count <= 6; count++) {
            lists.add(Value.listOf(Collections.nCopies(count, zone)));
        }
        return new Unknown(List.of(reason), true, lists, List.of(), null, Set.of());
    }

    private static int index(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Unknown wrong(String function) {
        return Unknown.because(function + " has arguments that it does not take");
    }
}
