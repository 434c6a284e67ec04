package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;

/** CEL's macros over lists, with three answers. */
record Iteration(Term.Macro macro, Condition range, int slot, Condition body) implements Condition {
    @Override
    public Value ask(Scope scope) {
        return over(range.ask(scope), scope);
    }

    private Value over(Value list, Scope scope) {
        if (list instanceof Unknown unknown) {
            return Alternatives.of(unknown, alternative -> over(alternative, scope));
        }
        var items = Reading.elements(list);
        return switch (macro) {
            case EXISTS -> first(items, scope, true);
            case ALL -> first(items, scope, false);
            case EXISTS_ONE -> exactlyOne(items, scope);
            case FILTER -> filter(items, scope);
            case MAP -> map(items, scope);
        };
    }

    /** Whether some element answers as wanted; the opposite if none does. */
    private Value first(Iterable<Located> items, Scope scope, boolean wanted) {
        Value answer = Value.of(!wanted);
        for (var item : items) {
            var truth = ask(item, scope);
            if (truth instanceof Value.Bool bool) {
                if (bool.value() == wanted) {
                    return bool;
                }
            } else {
                answer = truth;
            }
        }
        return answer;
    }

    private Value exactlyOne(Iterable<Located> items, Scope scope) {
        int found = 0;
        for (var item : items) {
            var truth = ask(item, scope);
            if (truth instanceof Unknown) {
                return truth;
            }
            found += Answers.isTrue(truth) ? 1 : 0;
        }
        return Value.of(found == 1);
    }

    private Value filter(Iterable<Located> items, Scope scope) {
        var kept = new ArrayList<Located>();
        for (var item : items) {
            var truth = ask(item, scope);
            if (truth instanceof Unknown) {
                return truth;
            }
            if (Answers.isTrue(truth)) {
                kept.add(item);
            }
        }
        return new Value.Sequence(kept);
    }

    private Value map(Iterable<Located> items, Scope scope) {
        var results = new ArrayList<Located>();
        for (var item : items) {
            scope.set(slot, item.value());
            results.add(new Located(body.ask(scope), item.position()));
        }
        return new Value.Sequence(results);
    }

    private Value ask(Located item, Scope scope) {
        scope.set(slot, item.value());
        return Answers.truth(body.ask(scope));
    }
}
