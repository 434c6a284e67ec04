package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes neutral trees out of those of tree-sitter-go 0.25. What only changes the form is left out: {@code *x},
 * {@code []byte(x)} and {@code string(x)} are {@code x}, and {@code &T{}} is {@code T{}}.
 */
final class GoLowering extends Lowering {
    private static final Set<String> LEFTWARD = Set.of(
            "binary_expression", "call_expression", "selector_expression", "index_expression", "slice_expression");
    private static final Set<String> NOTHING =
            Set.of("comment", "package_clause", "type_declaration", "empty_statement");
    private static final Set<String> TEXTS = Set.of("string", "[]byte", "[]rune", "json.RawMessage");

    private final GoLiterals literals = new GoLiterals(this);
    private final GoAssignments assignments = new GoAssignments(this);
    private final GoFunctions functions = new GoFunctions(this);

    GoLowering(SyntaxTree tree) {
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
            case "call_expression" -> call(node, first);
            case "selector_expression" -> node(Kind.MEMBER, node, text(field(node, "field")), first);
            case "binary_expression" ->
                node(Kind.BINARY, node, text(field(node, "operator")), first, in(node, "right"));
            default -> {
                var parts = new ArrayList<>(List.of(first));
                var all = named(node);
                all.subList(Math.min(1, all.size()), all.size()).forEach(each -> parts.add(of(each)));
                yield node(Kind.INDEX, node, "", parts);
            }
        };
    }

    private Node call(int node, Node callee) {
        int arguments = field(node, "arguments");
        var given = arguments < 0 ? List.<Node>of() : all(arguments);
        if (callee.is(Kind.NAME) && TEXTS.contains(callee.value()) && given.size() == 1) {
            return given.getFirst();
        }
        var parts = new ArrayList<>(List.of(callee));
        parts.addAll(given);
        return node(Kind.CALL, node, "", parts);
    }

    @Override
    Node lower(int node) {
        return switch (tree.kind(node)) {
            case "identifier",
                    "type_identifier",
                    "field_identifier",
                    "package_identifier",
                    "blank_identifier",
                    "slice_type",
                    "map_type",
                    "array_type",
                    "channel_type",
                    "struct_type",
                    "interface_type" -> name(node, tree.text(node));
            case "qualified_type" -> node(Kind.MEMBER, node, text(field(node, "name")), in(node, "package"));
            case "generic_type" -> in(node, "type");
            case "interpreted_string_literal" -> node(Kind.TEXT, node, Escapes.decoded(unquoted(node)));
            case "raw_string_literal" -> node(Kind.TEXT, node, unquoted(node));
            case "int_literal", "float_literal" -> node(Kind.NUMBER, node, Numbers.decimal(tree.text(node)));
            case "expression_case", "default_case", "type_case", "communication_case" ->
                node(Kind.BLOCK, node, "", statements(node));
            case "rune_literal", "imaginary_literal", "iota", "true", "false" ->
                node(Kind.CONSTANT, node, tree.text(node));
            case "nil" -> node(Kind.CONSTANT, node, "null");
            case "parenthesized_expression",
                    "pointer_type",
                    "expression_statement",
                    "literal_element",
                    "defer_statement",
                    "go_statement",
                    "parenthesized_type" -> only(node);
            case "expression_list" -> named(node).size() == 1 ? only(node) : list(node, all(node));
            case "literal_value" -> list(node, literals.elements(node, true));
            case "composite_literal" -> literals.literal(node);
            case "variadic_argument" -> spread(node, "...", only(node));
            case "type_conversion_expression" -> conversion(node);
            case "type_assertion_expression" -> in(node, "operand");
            case "unary_expression" -> unary(node);
            case "short_var_declaration", "assignment_statement" -> assignments.assignment(node);
            case "var_spec", "const_spec" -> assignments.declaration(node);
            case "inc_statement" -> node(Kind.UNARY, node, "++", only(node));
            case "dec_statement" -> node(Kind.UNARY, node, "--", only(node));
            case "function_declaration", "method_declaration", "func_literal" -> functions.function(node);
            case "block" -> node(Kind.BLOCK, node, "", statements(node));
            case "statement_list",
                    "var_declaration",
                    "var_spec_list",
                    "const_declaration",
                    "import_declaration",
                    "import_spec_list" -> several(node, statements(node));
            case "if_statement" -> choice(node);
            case "for_statement" -> loop(node);
            case "return_statement" -> node(Kind.RETURN, node, "", returned(node));
            case "import_spec" -> imported(node);
            default -> other(node);
        };
    }

    private String unquoted(int node) {
        var text = tree.text(node);
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }

    private Node conversion(int node) {
        int type = field(node, "type");
        var value = in(node, "operand");
        return TEXTS.contains(text(type)) ? value : node(Kind.CALL, node, "", of(type), value);
    }

    private Node unary(int node) {
        var operator = text(field(node, "operator"));
        var value = in(node, "operand");
        return switch (operator) {
            case "*" -> value;
            case "&" ->
                value.is(Kind.NEW) || value.is(Kind.LIST) || value.is(Kind.MAP)
                        ? value
                        : node(Kind.UNARY, node, operator, value);
            default -> signed(node, operator, value);
        };
    }

    private List<Node> returned(int node) {
        var given = named(node);
        return given.isEmpty() ? List.of() : assignments.list(given.getFirst());
    }

    private Node choice(int node) {
        var parts = new ArrayList<>(List.of(in(node, "condition"), in(node, "consequence")));
        int alternative = field(node, "alternative");
        if (alternative >= 0) {
            parts.add(of(alternative));
        }
        var choice = node(Kind.IF, node, "", parts);
        int before = field(node, "initializer");
        return before < 0 ? choice : several(node, List.of(of(before), choice));
    }

    private Node loop(int node) {
        var body = in(node, "body");
        int range = kind(node, "range_clause");
        if (range >= 0) {
            int left = field(range, "left");
            return node(Kind.EACH, node, "", left < 0 ? list(node, List.of()) : of(left), in(range, "right"), body);
        }
        var parts = new ArrayList<Node>();
        int clause = kind(node, "for_clause");
        for (var each : named(clause < 0 ? node : clause)) {
            if (!tree.field(each).equals("body")) {
                parts.add(of(each));
            }
        }
        parts.add(body);
        return node(Kind.LOOP, node, "", parts);
    }

    private Node imported(int node) {
        var path = unquoted(field(node, "path"));
        var name = text(field(node, "name"));
        return switch (name) {
            case "" -> node(Kind.IMPORT, node, path).declare(new Go().localName(path));
            case "_" -> node(Kind.IMPORT, node, path);
            case "." -> node(Kind.IMPORT, node, path + ".*").declare("*");
            default -> node(Kind.IMPORT, node, path).declare(name);
        };
    }
}
