package dev.stepzero.rules;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import java.util.List;
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

    /** Whether it is called so, here or in another tool. */
    default boolean isCalled(String name) {
        return id().equals(name) || aliases().stream().anyMatch(name::equalsIgnoreCase);
    }
}
