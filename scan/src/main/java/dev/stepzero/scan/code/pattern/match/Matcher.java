package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Tries patterns on the code of one file. It goes as deep as the pattern is, and gives up after {@link #MOST_STEPS}: a
 * pattern with many {@code ...} could be tried without end. Not for use by several threads.
 */
public final class Matcher {
    private static final int MOST_STEPS = 20_000;
    private static final long MOST_STEPS_OF_ALL = 50_000_000;
    private static final int MOST_ALIASES = 3;

    private final SourceText source;
    private final Constants constants;
    private Holes holes = new Holes();
    private int steps;
    private long allSteps;

    public Matcher(SourceText source) {
        this.source = source;
        this.constants = new Constants(source);
    }

    /** Whether so much was tried on this file that nothing more is. */
    public boolean isTired() {
        return allSteps > MOST_STEPS_OF_ALL;
    }

    public Constants constants() {
        return constants;
    }

    /**
     * Tries a pattern on a node, and goes on with what is given when it fits.
     *
     * @param known what holes stand for already; it is filled while {@code then} runs
     * @param then says whether that is enough; otherwise other ways are tried
     */
    boolean matches(Pattern pattern, Node code, Holes known, BooleanSupplier then) {
        var before = holes;
        int stepsBefore = steps;
        holes = known;
        steps = 0;
        try {
            var root = pattern.root();
            if (root.is(Kind.BLOCK)) {
                return code.is(Kind.BLOCK) && statements(root.children(), code.children(), then);
            }
            return match(root, code, 0, then);
        } finally {
            allSteps += steps;
            holes = before;
            steps = stepsBefore;
        }
    }

    /** Statements one after the other, wherever they begin. */
    private boolean statements(List<Node> patterns, List<Node> code, BooleanSupplier then) {
        for (int i = 0; i < code.size(); i++) {
            if (sequence(patterns, 0, code, i, true, then)) {
                return true;
            }
        }
        return false;
    }

    private boolean match(Node pattern, Node code, int aliases, BooleanSupplier then) {
        if (steps++ > MOST_STEPS || isTired()) {
            return false;
        }
        if (pattern.is(Kind.REST)) {
            return then.getAsBoolean();
        }
        if (Pattern.isHole(pattern)) {
            return !code.is(Kind.KEYWORD) && !code.is(Kind.SPREAD) && fill(pattern.value(), code, text(code), then);
        }
        if (!Collections.disjoint(pattern.paths(), code.paths())) {
            return then.getAsBoolean();
        }
        if (pattern.is(Kind.TEXT)) {
            return text(pattern, code, then);
        }
        if (pattern.kind() == code.kind() && shape(pattern, code, then)) {
            return true;
        }
        return code.is(Kind.NAME) && aliases < MOST_ALIASES && held(pattern, code, aliases, then);
    }

    /** What a variable holds that is assigned once. */
    private boolean held(Node pattern, Node code, int aliases, BooleanSupplier then) {
        return source.binding(code)
                .flatMap(Binding::only)
                .filter(value -> !value.is(Kind.FUNCTION) && !value.is(Kind.CLASS))
                .filter(value -> match(pattern, value, aliases + 1, then))
                .isPresent();
    }

    private boolean text(Node pattern, Node code, BooleanSupplier then) {
        if (Pattern.isHole(pattern.value())) {
            return constants
                    .text(code)
                    .filter(word -> fill(pattern.value(), code, word, then))
                    .isPresent();
        }
        if (pattern.value().matches("[$][A-Z_][A-Z_0-9]*")) {
            return constants.text(code).isPresent()
                    && fill(Language.HOLE + pattern.value().substring(1), code, text(code), then);
        }
        var constant = constants.text(code);
        return constant.isPresent()
                && (pattern.value().equals("...") || constant.get().equals(pattern.value()))
                && then.getAsBoolean();
    }

    private boolean shape(Node pattern, Node code, BooleanSupplier then) {
        return switch (pattern.kind()) {
            case NAME ->
                pattern.value().equals(code.value()) && !isOfPackage(pattern) && isOpen(code) && then.getAsBoolean();
            case IMPORT ->
                (code.value().equals(pattern.value()) || code.value().startsWith(pattern.value() + "."))
                        && then.getAsBoolean();
            case CALL, NEW ->
                match(pattern.child(0), code.child(0), 0, () -> arguments(pattern.from(1), code.from(1), then));
            // A variable that is assigned is not what it held before.
            case ASSIGN ->
                (Pattern.isHole(pattern.child(0))
                                || pattern.child(0).kind() == code.child(0).kind())
                        && value(pattern, code, () -> children(pattern, code, then));
            case FUNCTION, CLASS -> definition(pattern, code, then);
            case PARAMETER ->
                isDeclaredSo(pattern, code)
                        && value(
                                pattern,
                                code,
                                () -> pattern.children().isEmpty()
                                        ? then.getAsBoolean()
                                        : children(pattern, code, then));
            case LIST, MAP -> arguments(pattern.children(), code.children(), then);
            case OTHER ->
                pattern.type().equals(code.type()) && value(pattern, code, () -> children(pattern, code, then));
            default -> value(pattern, code, () -> children(pattern, code, then));
        };
    }

    /** Whether a pattern's name is a package's, which no name means that does not resolve to it. */
    private static boolean isOfPackage(Node pattern) {
        return !pattern.paths().isEmpty() && !pattern.paths().contains(pattern.value());
    }

    /** Whether a name may be what a pattern calls so: not something that this file defines or imports from elsewhere. */
    private boolean isOpen(Node name) {
        return source.binding(name)
                .map(binding -> switch (binding.origin()) {
                    case PARAMETER -> true;
                    case VARIABLE -> name.paths().isEmpty();
                    case IMPORT, DEFINITION -> false;
                })
                .orElse(true);
    }

    /** In Go a parameter's type tells what it is; elsewhere annotations do not matter. */
    private boolean isDeclaredSo(Node pattern, Node code) {
        return !source.language().hasTypes()
                || pattern.declared().isEmpty()
                || Pattern.isHole(pattern.declared())
                || pattern.declared().equals(code.declared());
    }

    private boolean value(Node pattern, Node code, BooleanSupplier then) {
        return Pattern.isHole(pattern.value())
                ? fill(pattern.value(), code, code.value(), then)
                : pattern.value().equals(code.value()) && then.getAsBoolean();
    }

    private boolean children(Node pattern, Node code, BooleanSupplier then) {
        return sequence(pattern.children(), 0, code.children(), 0, false, then);
    }

    /** A function whose name is left out in a pattern may have any; decorators that are left out may be there. */
    private boolean definition(Node pattern, Node code, BooleanSupplier then) {
        BooleanSupplier rest = () -> among(
                pattern.child(0).children(),
                code.child(0).children(),
                () -> match(pattern.child(1), code.child(1), 0, () -> match(pattern.child(2), code.child(2), 0, then)));
        return pattern.value().isEmpty() ? rest.getAsBoolean() : value(pattern, code, rest);
    }

    /** Each pattern matches one of the nodes, in whatever order. */
    private boolean among(List<Node> patterns, List<Node> code, BooleanSupplier then) {
        if (patterns.isEmpty()) {
            return then.getAsBoolean();
        }
        if (patterns.getFirst().is(Kind.REST)) {
            return among(patterns.subList(1, patterns.size()), code, then);
        }
        for (var each : code) {
            if (match(patterns.getFirst(), each, 0, () -> among(patterns.subList(1, patterns.size()), code, then))) {
                return true;
            }
        }
        return false;
    }

    /** What has a name matches in any order, the others in theirs. */
    private boolean arguments(List<Node> patterns, List<Node> code, BooleanSupplier then) {
        var named = patterns.stream().filter(Matcher::isNamed).toList();
        var placed = patterns.stream().filter(each -> !isNamed(each)).toList();
        var namedCode = code.stream().filter(Matcher::isNamed).toList();
        boolean hasRest = placed.stream().anyMatch(each -> each.is(Kind.REST));
        if (!hasRest && named.size() != namedCode.size()) {
            return false;
        }
        var placedCode = code.stream().filter(each -> !isNamed(each)).toList();
        return among(named, namedCode, () -> sequence(placed, 0, placedCode, 0, false, then));
    }

    private static boolean isNamed(Node node) {
        return node.is(Kind.KEYWORD) || node.is(Kind.PAIR);
    }

    private boolean sequence(
            List<Node> patterns, int at, List<Node> code, int from, boolean isOpen, BooleanSupplier then) {
        if (steps++ > MOST_STEPS || isTired()) {
            return false;
        }
        if (at == patterns.size()) {
            return (isOpen || from == code.size()) && then.getAsBoolean();
        }
        if (!patterns.get(at).is(Kind.REST)) {
            return from < code.size()
                    && match(
                            patterns.get(at),
                            code.get(from),
                            0,
                            () -> sequence(patterns, at + 1, code, from + 1, isOpen, then));
        }
        for (int i = from; i <= code.size(); i++) {
            if (sequence(patterns, at + 1, code, i, isOpen, then)) {
                return true;
            }
        }
        return false;
    }

    private boolean fill(String hole, Node code, String text, BooleanSupplier then) {
        var name = Pattern.name(hole);
        if (name.equals("_")) {
            return then.getAsBoolean();
        }
        var filling = holes.filling(name);
        if (filling != null) {
            return filling.text().equals(text) && then.getAsBoolean();
        }
        holes.put(name, new Holes.Filling(code, text));
        if (then.getAsBoolean()) {
            return true;
        }
        holes.remove(name);
        return false;
    }

    private String text(Node code) {
        return switch (code.kind()) {
            case NAME, PARAMETER -> code.value();
            default -> source.text(code);
        };
    }

    /** All ways in which a clause matches a node. */
    public List<Match> matches(CompiledClause clause, Pattern pattern, Node code) {
        var found = new ArrayList<Match>();
        matches(pattern, code, new Holes(), () -> {
            if (new Surroundings(this, source, clause).allow(code, holes)) {
                found.add(new Match(code, new Holes(holes)));
            }
            return found.size() >= 20;
        });
        return found;
    }
}
