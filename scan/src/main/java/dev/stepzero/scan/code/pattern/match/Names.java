package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds out what names stand for: imports and their aliases become canonical names, which patterns are written with. */
final class Names {
    private static final int MOST_STEPS = 24;
    private static final int MOST_PATHS = 4;

    private final Language language;
    private final Map<Node, Scope> scopes;
    private final Scope file;
    private final List<String> open = new ArrayList<>();

    Names(Language language, Node root, Map<Node, Scope> scopes) {
        this.language = language;
        this.scopes = scopes;
        this.file = new Scope(null);
        scopes.put(root, file);
    }

    /** A package that is known by its usual name without an import. */
    void known(String imported) {
        file.own(language.localName(imported), Binding.Origin.IMPORT).imported(language.canonical(imported));
    }

    /** @param nodes those of the file; whoever is around another comes first */
    void resolve(List<Node> nodes) {
        nodes.forEach(this::bind);
        nodes.forEach(this::write);
        // Whoever is inside comes later in the list, and is needed first.
        for (int i = nodes.size() - 1; i >= 0; i--) {
            var node = nodes.get(i);
            if (node.is(Kind.NAME) || node.is(Kind.MEMBER) || node.is(Kind.CALL)) {
                node.resolve(paths(node, 0));
            }
        }
    }

    private Scope around(Node node) {
        return scopes.getOrDefault(node.function(), file);
    }

    /** Takes down what a node makes known. */
    private void bind(Node node) {
        switch (node.kind()) {
            case FUNCTION -> {
                var around = around(node);
                if (!node.value().isEmpty() && !isMethod(node)) {
                    around.own(node.value(), Binding.Origin.DEFINITION).written(node, "");
                }
                scopes.put(node, new Scope(around));
            }
            case CLASS ->
                around(node).own(node.value(), Binding.Origin.DEFINITION).written(node, "");
            case PARAMETER -> {
                if (!node.value().isEmpty()) {
                    around(node).own(node.value(), Binding.Origin.PARAMETER).written(null, node.declared());
                }
            }
            case IMPORT -> imported(node);
            case ASSIGN -> {
                if (language.isDeclaration(node)) {
                    targets(node.child(0), around(node));
                }
            }
            case EACH -> targets(node.child(0), around(node));
            default -> {}
        }
    }

    /** Methods are not known by their name alone. */
    private static boolean isMethod(Node function) {
        return function.parent()
                .flatMap(Node::parent)
                .filter(each -> each.is(Kind.CLASS))
                .isPresent();
    }

    /** Imports within functions are taken for the file's, as they make known the same things. */
    private void imported(Node node) {
        if (node.declared().equals("*")) {
            open.add(node.value().substring(0, node.value().length() - 2));
        } else if (!node.declared().isEmpty()) {
            var path = switch (node.type()) {
                case Language.PACKAGE -> node.declared();
                case Language.PART ->
                    within(
                                    List.of(language.canonical(node.value())),
                                    node.child(0).value())
                            .getFirst();
                default -> language.canonical(node.value());
            };
            file.own(node.declared(), Binding.Origin.IMPORT).imported(path);
        }
    }

    private static void targets(Node target, Scope scope) {
        switch (target.kind()) {
            case NAME -> scope.own(target.value(), Binding.Origin.VARIABLE);
            case LIST, MAP, PAIR, SPREAD -> target.children().forEach(each -> targets(each, scope));
            case ASSIGN -> targets(target.child(0), scope);
            default -> {}
        }
    }

    /** Takes down what is assigned. */
    private void write(Node node) {
        switch (node.kind()) {
            case ASSIGN -> written(node.child(0), node.child(1), node);
            case EACH -> spoilt(node.child(0));
            case UNARY -> {
                if (node.value().equals("++") || node.value().equals("--")) {
                    spoilt(node.child(0));
                }
            }
            default -> {}
        }
    }

    private void written(Node target, Node value, Node assignment) {
        if (!assignment.value().equals("=")) {
            spoilt(target);
        } else if (target.is(Kind.NAME)) {
            var scope = around(target);
            // What is held by itself would be followed for ever.
            scope.find(target.value())
                    .orElseGet(() -> file.own(target.value(), Binding.Origin.VARIABLE))
                    .written(isHeldBySelf(value, target) ? null : value, assignment.declared());
        } else if (target.is(Kind.MAP)) {
            unpacked(target, value, assignment);
        } else {
            spoilt(target);
        }
    }

    private static boolean isHeldBySelf(Node value, Node target) {
        return value.is(Kind.NAME) && value.value().equals(target.value());
    }

    /** {@code const {exec: run} = require("child_process")}. */
    private void unpacked(Node target, Node value, Node assignment) {
        for (var pair : target.children()) {
            if (pair.is(Kind.PAIR)
                    && pair.child(0).is(Kind.TEXT)
                    && pair.child(1).is(Kind.NAME)) {
                var part = Node.part(value, pair, pair.child(0).value());
                around(target)
                        .find(pair.child(1).value())
                        .ifPresent(binding -> binding.written(part, assignment.declared()));
            } else {
                spoilt(pair);
            }
        }
    }

    private void spoilt(Node target) {
        switch (target.kind()) {
            case NAME -> around(target).find(target.value()).ifPresent(binding -> binding.written(null, ""));
            case LIST, MAP, PAIR, SPREAD, ASSIGN -> target.children().forEach(this::spoilt);
            default -> {}
        }
    }

    private List<String> paths(Node node, int steps) {
        if (steps > MOST_STEPS) {
            return List.of();
        }
        return switch (node.kind()) {
            case NAME -> named(node, steps);
            case MEMBER -> within(paths(node.child(0), steps + 1), node.value());
            case CALL ->
                language.loaded(node).map(language::canonical).map(List::of).orElse(List.of());
            default -> List.of();
        };
    }

    private static List<String> within(List<String> objects, String name) {
        // Modules that were compiled from another form have their contents in there.
        return name.equals("default") || objects.isEmpty()
                ? objects
                : objects.stream().map(each -> each + "." + name).toList();
    }

    private List<String> named(Node node, int steps) {
        if (node.value().startsWith(Language.HOLE)) {
            return List.of();
        }
        var binding = around(node).find(node.value());
        if (binding.isEmpty()) {
            var all = new ArrayList<>(List.of(node.value()));
            open.stream().limit(MOST_PATHS).forEach(each -> all.add(each + "." + node.value()));
            return List.copyOf(all);
        }
        if (!binding.get().imports().isEmpty()) {
            return List.copyOf(binding.get().imports());
        }
        return binding.get()
                .only()
                .filter(each -> each.is(Kind.NAME) || each.is(Kind.MEMBER) || each.is(Kind.CALL))
                .map(each -> paths(each, steps + 1))
                .orElse(List.of());
    }
}
