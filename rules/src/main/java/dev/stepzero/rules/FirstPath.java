package dev.stepzero.rules;

import dev.stepzero.rules.condition.Term;

/** The attribute that a condition reads first: where a finding points when its rule does not say. */
final class FirstPath {
    private FirstPath() {}

    static String in(Term term) {
        return switch (term) {
            case Term.Constant constant -> "";
            case Term.Name name -> "";
            case Term.Select select -> path(select);
            case Term.Items items -> first(items.items());
            case Term.Call call -> first(call.arguments());
            case Term.Each each -> in(each.range());
        };
    }

    private static String first(Iterable<Term> terms) {
        for (var term : terms) {
            var path = in(term);
            if (!path.isEmpty()) {
                return path;
            }
        }
        return "";
    }

    private static String path(Term.Select select) {
        return switch (select.of()) {
            case Term.Name name -> name.name() + "." + select.name();
            case Term.Select inner -> {
                var path = path(inner);
                yield path.isEmpty() ? "" : path + "." + select.name();
            }
            default -> in(select.of());
        };
    }
}
