package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Constants;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How texts begin that are put together. What comes from outside cannot change the beginning of an address; where that is
 * of the program's own, but unknown, it gets the benefit of the doubt.
 */
final class Starts {
    private static final int LONGEST = 2000;

    private final Constants constants;
    private final Map<String, Pattern> harmless = new HashMap<>();

    Starts(Constants constants, PatternRules rules) {
        this.constants = constants;
        rules.rules().forEach(rule -> rule.safeStart().ifPresent(start -> harmless.put(rule.id(), start)));
    }

    /**
     * What a text has of outside in it.
     *
     * @param isClean whether a part has nothing of outside in it
     */
    Taint begun(Node text, Taint taint, Predicate<Node> isClean) {
        if (taint.isNone() || harmless.isEmpty()) {
            return taint;
        }
        var beginning = new StringBuilder();
        boolean isOwn = collect(text, beginning, isClean) == Part.OWN;
        var rules = new LinkedHashSet<String>();
        harmless.forEach((rule, start) -> {
            if (isOwn || start.matcher(beginning).find()) {
                rules.add(rule);
            }
        });
        return rules.isEmpty() ? taint : taint.cleaned(Set.copyOf(rules));
    }

    private enum Part {
        CONSTANT,
        OWN,
        FOREIGN
    }

    /** Adds what is known of the beginning. @return what the first part that is not constant is */
    private Part collect(Node node, StringBuilder beginning, Predicate<Node> isClean) {
        var known = constants.text(node);
        if (known.isPresent()) {
            beginning.append(known.get());
            return beginning.length() > LONGEST ? Part.FOREIGN : Part.CONSTANT;
        }
        if (node.is(Kind.TEMPLATE) || (node.is(Kind.BINARY) && node.value().equals("+"))) {
            for (var part : node.children()) {
                var first = collect(part, beginning, isClean);
                if (first != Part.CONSTANT) {
                    return first;
                }
            }
            return Part.CONSTANT;
        }
        // What follows a beginning such as "/" may still be another server.
        return beginning.isEmpty() && isClean.test(node) ? Part.OWN : Part.FOREIGN;
    }
}
