package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.core.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Code that is looked for, as text with holes.
 *
 * @param match of which one must be there
 * @param unless none of which may match the same code
 * @param inside one of which must match something around it, where there are any
 * @param outside none of which may match anything around it
 * @param contains each of which must match something below it
 * @param lacks none of which may match anything below it
 * @param without none of which may match anything in the same function
 * @param imports one of which the file must import, where there are any
 * @param where what must hold of the holes, by their names without {@code $}; nothing of one that the match has not
 * @param what what is wrong there; empty where the rule's message tells enough
 * @param severity another than the rule's
 */
public record Clause(
        List<String> match,
        List<String> unless,
        List<String> inside,
        List<String> outside,
        List<String> contains,
        List<String> lacks,
        List<String> without,
        List<String> imports,
        Map<String, Condition> where,
        String what,
        Optional<Severity> severity) {
    public Clause {
        match = List.copyOf(match);
        unless = List.copyOf(unless);
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
        contains = List.copyOf(contains);
        lacks = List.copyOf(lacks);
        without = List.copyOf(without);
        imports = List.copyOf(imports);
        where = Map.copyOf(where);
    }

    /** Patterns alone. */
    public static Clause of(List<String> match) {
        return new Clause(
                match,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                Optional.empty());
    }

    /**
     * What must hold of what a hole stands for.
     *
     * @param text found in its constant text, or in the code itself where that is no constant
     * @param not not found there
     * @param name found in the code as it stands, such as a variable's name
     * @param constant whether it is to be a constant
     * @param type found in its declared type
     * @param below a number is to be less than this
     * @param above a number is to be more than this
     */
    public record Condition(
            Optional<Pattern> text,
            Optional<Pattern> not,
            Optional<Pattern> name,
            Optional<Boolean> constant,
            Optional<Pattern> type,
            OptionalDouble below,
            OptionalDouble above) {}
}
