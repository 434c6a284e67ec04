package dev.stepzero.core;

import java.util.List;

/**
 * A rule that could say neither yes nor no, because something is known only after apply.
 *
 * @param rule the rule's id
 * @param because the chains of reasons, such as {@code var.x <- module.y}: what would decide it
 */
public record Undecided(String rule, String title, Severity severity, Location location, List<String> because) {
    public Undecided {
        because = List.copyOf(because);
    }
}
