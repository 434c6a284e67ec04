package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Functions that choose one of several values. */
final class Choices {
    /** With more candidates than this, an unknown choice tells nothing. */
    private static final int MOST_CANDIDATES = 16;

    private Choices() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "coalesce" -> coalesced(arguments, 0);
            case "element" -> element(arguments);
            case "length" -> length(arguments);
            case "lookup" -> lookup(arguments);
            case "one" -> one(arguments);
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value coalesced(Arguments arguments, int from) {
        var all = new ArrayList<Located>();
        for (var value : arguments.all()) {
            all.add(Located.nowhere(value));
        }
        var unified = Unification.of(all);
        for (int i = from; i < unified.size(); i++) {
            switch (unified.get(i).value()) {
                case Value.Absent absent -> {}
                case Value.Text(var text) when text.isEmpty() -> {}
                case Unknown unknown -> {
                    return unknownFirst(arguments, unknown, i);
                }
                default -> {
                    return unified.get(i).value();
                }
            }
        }
        throw new FunctionError("no non-null, non-empty-string arguments");
    }

    /** An identifier that a resource will have is never empty; anything else may be, and then the next one counts. */
    private static Value unknownFirst(Arguments arguments, Unknown unknown, int index) {
        if (unknown.notNull()
                && (!unknown.references().isEmpty() || !unknown.prefix().isEmpty())) {
            return unknown;
        }
        if (index + 1 == arguments.count()) {
            return unknown.present();
        }
        try {
            return Unknown.either(unknown.chain(), unknown.present(), coalesced(arguments, index + 1));
        } catch (FunctionError e) {
            return unknown.present();
        }
    }

    private static Value element(Arguments arguments) {
        var items = arguments.items(0);
        if (items.isEmpty()) {
            throw new FunctionError("cannot use element function with an empty list");
        }
        if (arguments.at(1) instanceof Unknown unknown) {
            return anyOf(items, unknown);
        }
        var index = arguments.whole(1).mod(BigInteger.valueOf(items.size()));
        return items.get(index.intValueExact()).value();
    }

    private static Value length(Arguments arguments) {
        return switch (arguments.present(0)) {
            case Value.Text text -> Value.of(Graphemes.count(text.value()));
            case Value.Sequence list -> Value.of(list.items().size());
            case Value.Mapping map -> Value.of(map.entries().size());
            case Unknown unknown -> throw new NotKnown();
            default -> throw new FunctionError("argument must be a string, a collection type, or a structural type");
        };
    }

    private static Value lookup(Arguments arguments) {
        var map = arguments.mapping(0);
        if (arguments.at(1) instanceof Unknown unknown) {
            var candidates = new ArrayList<>(map.entries().values());
            if (arguments.count() == 3) {
                candidates.add(Located.nowhere(arguments.at(2)));
            }
            return anyOf(candidates, unknown);
        }
        var key = arguments.text(1);
        var found = map.entry(key);
        if (found.isPresent()) {
            return found.get().value();
        }
        if (arguments.count() < 3) {
            throw new FunctionError("the given object has no attribute \"" + key + "\"");
        }
        return arguments.at(2);
    }

    private static Value anyOf(List<Located> candidates, Unknown choice) {
        if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES) {
            throw new NotKnown();
        }
        var joined = candidates.getFirst().value();
        for (var candidate : candidates) {
            joined = Unknown.either(choice.chain(), joined, candidate.value());
        }
        return joined;
    }

    private static Value one(Arguments arguments) {
        var items = arguments.items(0);
        if (items.size() > 1) {
            throw arguments.wrong(0, "must be a list, set, or tuple value with either zero or one elements");
        }
        return items.isEmpty() ? Value.ABSENT : items.getFirst().value();
    }
}
