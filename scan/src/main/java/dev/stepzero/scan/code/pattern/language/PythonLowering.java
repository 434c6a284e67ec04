package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes neutral trees out of those of tree-sitter-python 0.25. What this class says itself are expressions and statements. */
final class PythonLowering extends Lowering {
    private static final Set<String> LEFTWARD =
            Set.of("binary_operator", "boolean_operator", "call", "attribute", "subscript");
    private static final Set<String> NOTHING = Set.of("comment", "line_continuation", "type_conversion");

    private final PythonDefinitions definitions = new PythonDefinitions(this);
    private final PythonModules modules = new PythonModules(this);

    PythonLowering(SyntaxTree tree) {
        super(tree);
    }

    @Override
    boolean growsLeft(String kind) {
        return LEFTWARD.contains(kind);
    }

    @Override
    boolean meansNothing(String kind) {
        return NOTHING.contains(kind);
    }

    @Override
    Node lower(int node, Node first) {
        return switch (tree.kind(node)) {
            case "call" -> call(node, first);
            case "attribute" -> node(Kind.MEMBER, node, text(field(node, "attribute")), first);
            case "subscript" -> {
                var parts = new ArrayList<>(List.of(first));
                fields(node, "subscript").forEach(each -> parts.add(of(each)));
                yield node(Kind.INDEX, node, "", parts);
            }
            default -> node(Kind.BINARY, node, text(field(node, "operator")), first, in(node, "right"));
        };
    }

    private Node call(int node, Node callee) {
        var parts = new ArrayList<>(List.of(callee));
        int arguments = field(node, "arguments");
        if (arguments >= 0) {
            parts.addAll(tree.kind(arguments).equals("generator_expression") ? List.of(of(arguments)) : all(arguments));
        }
        return node(Kind.CALL, node, "", parts);
    }

    @Override
    Node lower(int node) {
        return switch (tree.kind(node)) {
            case "identifier", "dotted_name" -> name(node, tree.text(node));
            case "string", "concatenated_string" -> string(node);
            case "integer", "float" -> node(Kind.NUMBER, node, Numbers.decimal(tree.text(node)));
            case "true" -> node(Kind.CONSTANT, node, "true");
            case "false" -> node(Kind.CONSTANT, node, "false");
            case "none" -> node(Kind.CONSTANT, node, "null");
            case "ellipsis" -> node(Kind.CONSTANT, node, "...");
            case "list", "tuple", "set", "expression_list", "pattern_list", "tuple_pattern", "list_pattern" ->
                list(node, all(node));
            case "dictionary" -> node(Kind.MAP, node, "", all(node));
            case "pair" -> node(Kind.PAIR, node, "", in(node, "key"), in(node, "value"));
            case "keyword_argument" -> node(Kind.KEYWORD, node, text(field(node, "name")), in(node, "value"));
            case "list_splat" -> spread(node, "*", only(node));
            case "dictionary_splat" -> spread(node, "**", only(node));
            case "parenthesized_expression",
                    "await",
                    "expression_statement",
                    "type",
                    "case_pattern",
                    "as_pattern_target" -> named(node).size() == 1 ? only(node) : list(node, all(node));
            case "not_operator" -> node(Kind.UNARY, node, "not", in(node, "argument"));
            case "unary_operator" -> signed(node, text(field(node, "operator")), in(node, "argument"));
            case "comparison_operator" -> comparison(node);
            case "conditional_expression" -> conditional(node);
            case "assignment", "augmented_assignment", "named_expression" -> assignment(node);
            case "lambda", "function_definition" -> definitions.function(node, List.of());
            case "class_definition" -> definitions.type(node, List.of());
            case "decorated_definition" -> definitions.decorated(node);
            case "decorator" -> only(node);
            case "default_parameter", "typed_default_parameter", "typed_parameter" -> definitions.parameter(node);
            case "block", "else_clause", "finally_clause" -> node(Kind.BLOCK, node, "", body(node));
            case "if_statement" -> choice(node);
            case "for_statement" -> node(Kind.EACH, node, "", in(node, "left"), in(node, "right"), in(node, "body"));
            case "while_statement" -> node(Kind.LOOP, node, "", in(node, "condition"), in(node, "body"));
            case "for_in_clause" -> node(Kind.EACH, node, "", in(node, "left"), in(node, "right"));
            case "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression" ->
                comprehension(node);
            case "with_item" -> only(node);
            case "as_pattern" -> as(node);
            case "return_statement" -> node(Kind.RETURN, node, "", all(node));
            case "raise_statement" -> node(Kind.THROW, node, "", all(node));
            case "import_statement", "import_from_statement", "future_import_statement" -> modules.imports(node);
            default -> other(node);
        };
    }

    private List<Node> body(int node) {
        int block = tree.kind(node).equals("block") ? node : kind(node, "block");
        return block < 0 ? List.of() : statements(block);
    }

    private Node string(int node) {
        var parts = new ArrayList<Node>();
        parts(node, parts);
        var constant = new StringBuilder();
        for (var part : parts) {
            if (!part.is(Kind.TEXT)) {
                return node(Kind.TEMPLATE, node, "", parts);
            }
            constant.append(part.value());
        }
        return node(Kind.TEXT, node, constant.toString());
    }

    private void parts(int node, List<Node> parts) {
        boolean raw = false;
        for (var child : named(node)) {
            switch (tree.kind(child)) {
                case "string" -> parts(child, parts);
                case "string_start" ->
                    raw = tree.text(child).toLowerCase(Locale.ROOT).contains("r");
                case "string_content" -> {
                    var text = tree.text(child);
                    parts.add(node(Kind.TEXT, child, raw ? text : Escapes.decoded(text)));
                }
                case "interpolation" -> parts.add(in(child, "expression"));
                default -> {}
            }
        }
    }

    /** {@code a < b < c} is two comparisons. */
    private Node comparison(int node) {
        var operands = all(node);
        var operators = new ArrayList<String>();
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.field(child).equals("operators")) {
                operators.add(tree.text(child).replaceAll("\\s+", " "));
            }
        }
        var made = operands.getFirst();
        for (int i = 1; i < operands.size(); i++) {
            made = node(Kind.BINARY, node, i <= operators.size() ? operators.get(i - 1) : "", made, operands.get(i));
        }
        return made;
    }

    private Node conditional(int node) {
        var parts = all(node);
        return parts.size() == 3
                ? node(Kind.CONDITIONAL, node, "", parts.get(1), parts.get(0), parts.get(2))
                : other(node);
    }

    private Node choice(int node) {
        var parts = new ArrayList<>(List.of(in(node, "condition"), in(node, "consequence")));
        for (var each : fields(node, "alternative")) {
            if (tree.kind(each).equals("elif_clause")) {
                parts.add(in(each, "condition"));
                parts.add(in(each, "consequence"));
            } else {
                parts.add(of(each));
            }
        }
        return node(Kind.IF, node, "", parts);
    }

    private Node assignment(int node) {
        int right = field(node, "right");
        int name = field(node, "name");
        if (name >= 0) {
            return node(Kind.ASSIGN, node, "=", of(name), in(node, "value"));
        }
        if (right < 0) {
            return other(node);
        }
        var operator = text(field(node, "operator"));
        return node(Kind.ASSIGN, node, operator.isEmpty() ? "=" : operator, in(node, "left"), of(right))
                .declare(text(field(node, "type")));
    }

    private Node comprehension(int node) {
        var parts = new ArrayList<Node>();
        for (var each : named(node)) {
            if (!tree.field(each).equals("body")) {
                parts.add(of(each));
            }
        }
        parts.add(in(node, "body"));
        return node(Kind.OTHER, node, "", parts);
    }

    /** {@code with open(x) as f}, {@code except E as e}: an assignment. */
    private Node as(int node) {
        int alias = field(node, "alias");
        return alias < 0 ? other(node) : node(Kind.ASSIGN, node, "=", of(alias), only(node));
    }
}
