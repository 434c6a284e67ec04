package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file's neutral tree with what is known of its names. */
public final class SourceText {
    private static final int MOST_ALIASES = 8;

    private final Language language;
    private final String text;
    private final Node root;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> imported = new HashSet<>();
    private final Map<Node, Scope> scopes = new HashMap<>();

    /**
     * @param imports packages that are known besides those that the text imports itself
     */
    public SourceText(Language language, String text, Node root, List<String> imports) {
        this.language = language;
        this.text = text;
        this.root = root;
        list();
        var names = new Names(language, root, scopes);
        imports.forEach(names::known);
        names.resolve(nodes);
        nodes.forEach(this::see);
    }

    /** In the order in which they begin; whoever is around another comes first. */
    private void list() {
        var open = new ArrayDeque<Node>();
        open.push(root);
        while (!open.isEmpty()) {
            var node = open.pop();
            nodes.add(node);
            var around = node.is(Kind.FUNCTION) ? node : node.function();
            for (int i = node.children().size() - 1; i >= 0; i--) {
                node.child(i).standIn(around);
                open.push(node.child(i));
            }
        }
    }

    /** A package's canonical name without quotes. */
    private String plain(String imported) {
        return language.canonical(imported).replace("\"", "");
    }

    private void see(Node node) {
        if (node.is(Kind.IMPORT)) {
            imported.add(plain(node.value()));
        } else if (node.is(Kind.CALL)) {
            language.loaded(node).map(this::plain).ifPresent(imported::add);
        }
    }

    public Language language() {
        return language;
    }

    public Node root() {
        return root;
    }

    /** All nodes; whoever is around another comes first. */
    public List<Node> nodes() {
        return nodes;
    }

    public String text(Node node) {
        return text.substring(node.span().start(), node.span().end());
    }

    /** Whether the file imports a package, or something of it or below it. */
    boolean isImported(String wanted) {
        var canonical = plain(wanted);
        return imported.stream()
                .anyMatch(each -> each.startsWith(canonical)
                        && (each.length() == canonical.length() || "./".indexOf(each.charAt(canonical.length())) >= 0));
    }

    /** What a name stands for in the function that it is in; empty for what is not of this file. */
    public Optional<Binding> binding(Node name) {
        return scope(name).find(name.value());
    }

    private Scope scope(Node node) {
        return scopes.getOrDefault(node.function(), Scope.NONE);
    }

    /** What a variable holds that is assigned once, or the node itself. Aliases are followed a few times. */
    public Node held(Node node) {
        var at = node;
        for (int i = 0; i < MOST_ALIASES && at.is(Kind.NAME); i++) {
            var value = binding(at).flatMap(Binding::only);
            if (value.isEmpty()) {
                return at;
            }
            at = value.get();
        }
        return at;
    }

    /** The declared type of a variable or parameter; empty where none is written. */
    public String declaredType(Node name) {
        return name.is(Kind.PARAMETER)
                ? name.declared()
                : name.is(Kind.NAME) ? binding(name).map(Binding::type).orElse("") : "";
    }
}
