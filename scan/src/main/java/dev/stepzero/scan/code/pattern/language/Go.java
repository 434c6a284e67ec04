package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Grammar;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Go. */
final class Go implements Language {
    private static final Pattern VERSION = Pattern.compile("(/v[0-9]+|[.]v[0-9]+)(?=/|$)");
    private static final Set<String> DECLARATIONS = Set.of("short_var_declaration", "var_spec", "const_spec");

    @Override
    public String name() {
        return "go";
    }

    @Override
    public Optional<Grammar> grammar(String path) {
        return path.endsWith(".go") ? Optional.of(Grammar.GO) : Optional.empty();
    }

    @Override
    public boolean isBegunBy(String firstLine) {
        return false;
    }

    @Override
    public Grammar patterns() {
        return Grammar.GO;
    }

    @Override
    public List<String> readable(String pattern) {
        var named = Holes.named(pattern, REST, Character::isJavaIdentifierStart);
        return List.of(named + "\n", "var " + REST + " = " + named + "\n", "func " + REST + "() {\n" + named + "\n}\n");
    }

    @Override
    public Node neutral(SyntaxTree tree) {
        return new GoLowering(tree).root();
    }

    /** In quotes, without the major version, which is a part of the path. */
    @Override
    public String canonical(String imported) {
        return "\"" + unversioned(imported) + "\"";
    }

    @Override
    public String localName(String imported) {
        var path = unversioned(imported);
        return path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("^go[-.](?=.)", "")
                .replaceFirst("[-.]go$", "")
                .replace('-', '_');
    }

    private static String unversioned(String path) {
        return VERSION.matcher(path).replaceAll("");
    }

    @Override
    public boolean hasTypes() {
        return true;
    }

    @Override
    public boolean isDeclaration(Node assignment) {
        return DECLARATIONS.contains(assignment.type());
    }

    @Override
    public Optional<String> loaded(Node call) {
        return Optional.empty();
    }
}
