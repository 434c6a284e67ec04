package dev.stepzero.core;

import java.util.List;

/**
 * Whether a program gets to the vulnerable code that it carries, as far as its compiled classes tell.
 *
 * @param because a clause: what was looked for and not found, or why nothing can be said; empty where the path says it
 * @param path the shortest way there that is known, from the program's own code on; empty unless it is reachable
 */
public record Reach(Answer answer, String because, List<String> path) {

    /** What is not known is treated as what is reachable. */
    public enum Answer {
        REACHABLE,
        UNKNOWN,
        UNREACHABLE
    }

    public Reach {
        path = List.copyOf(path);
    }

    public static Reach reachable(List<String> path) {
        return new Reach(Answer.REACHABLE, "", path);
    }

    public static Reach unknown(String because) {
        return new Reach(Answer.UNKNOWN, because, List.of());
    }

    public static Reach unreachable(String because) {
        return new Reach(Answer.UNREACHABLE, because, List.of());
    }
}
