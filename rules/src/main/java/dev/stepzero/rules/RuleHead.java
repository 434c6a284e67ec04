package dev.stepzero.rules;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a rule says of itself, whatever it looks at. */
public interface RuleHead {
    String id();

    /** What is wrong where it finds something. */
    String title();

    Severity severity();

    Set<Stride> stride();

    /** What an attacker gains, or what else goes wrong. */
    String why();

    String fix();

    /** What it proves of which standards. */
    List<String> controls();

    /** What other tools call it. */
    List<String> aliases();

    /** All that comments may call some rules: their ids, and what other tools call them in lower case. */
    static Set<String> names(Collection<? extends RuleHead> rules) {
        var names = new HashSet<String>();
        for (var rule : rules) {
            names.add(rule.id());
            rule.aliases().forEach(alias -> names.add(alias.toLowerCase(Locale.ROOT)));
        }
        return names;
    }

    /** Whether it is called so, here or in another tool. */
    default boolean isCalled(String name) {
        return id().equals(name) || aliases().stream().anyMatch(name::equalsIgnoreCase);
    }
}
