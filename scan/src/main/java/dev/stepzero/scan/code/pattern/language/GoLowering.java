package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes neutral trees out of those of tree-sitter-go 0.25. */
final class GoLowering extends Lowering {
    private static final Set<String> LEFTWARD = Set.of(
            "binary_expression",
            "call_expression",
            "selector_expression",
            "index_expression",
            "slice_expression",
            "type_assertion_expression");
    private static final Set<String> NOTHING = Set.of("comment", "package_clause", "type_declaration", "empty_statement");

    GoLowering(SyntaxTree tree) {
        super(tree);
    }

    @Override
    protected Set<String> leftward() {
        return LEFTWARD;
    }

    @Override
    protected boolean isNothing(String kind) {
        return NOTHING.contains(kind);
    }

    @Override
    protected Node lower(int node, Node first) {
        return switch (tree.kind(node)) {
            case "call_expression" -> call(node, first);
            case "selector_expression" -> node(Kind.MEMBER, node, text(field(node, "field")), first);
            case "index_expression" -> node(Kind.INDEX, node, "", first, in(node, "index"));
            case "slice_expression" -> {
                var parts = new ArrayList<>(List.of(first));
                parts.addAll(all(node).subList(1, named(node).size()));
                yield node(Kind.INDEX, node, "", parts);
            }
            case "type_assertion_expression" -> first;
            default -> node(Kind.BINARY, node, text(field(node, "operator")), first, in(node, "right"));
        };
    }

    private Node call(int node, Node callee) {
        var parts = new ArrayList<>(List.of(callee));
        int arguments = field(node, "arguments");
        if (arguments >= 0) {
            parts.addAll(all(arguments));
        }
        return node(Kind.CALL, node, "", parts);
    }

    @Override
    protected Node lower(int node) {
        return switch (tree.kind(node)) {
            case "identifier", "type_identifier", "package_identifier", "field_identifier", "blank_identifier", "label_name" ->
                name(node, tree.text(node));
            case "interpreted_string_literal" -> node(Kind.TEXT, node, Escapes.decoded(within(node)));
            case "raw_string_literal" -> node(Kind.TEXT, node, within(node));
            case "rune_literal", "float_literal", "imaginary_literal" -> node(Kind.NUMBER, node, tree.text(node));
            case "int_literal" -> node(Kind.NUMBER, node, Numbers.decimal(tree.text(node)));
            case "true" -> node(Kind.CONSTANT, node, "true");
            case "false" -> node(Kind.CONSTANT, node, "false");
            case "nil" -> node(Kind.CONSTANT, node, "null");
            case "iota" -> node(Kind.CONSTANT, node, "iota");
            case "expression_list" -> named(node).size() == 1 ? only(node) : list(node, all(node));
            case "parenthesized_expression", "expression_statement", "defer_statement", "go_statement", "literal_element",
                "statement_list_item", "parenthesized_type", "type_elem" -> only(node);
            case "variadic_argument" -> spread(node, "...", only(node));
            case "qualified_type" -> node(Kind.MEMBER, node, text(field(node, "name")), in(node, "package"));
            case "pointer_type", "generic_type" -> only(node);
            case "unary_expression" -> unary(node);
            case "composite_literal" -> composite(node);
            case "literal_value" -> node(Kind.MAP, node, "", all(node));
            case "keyed_element" -> keyed(node);
            case "type_conversion_expression" -> node(Kind.CALL, node, "", in(node, "type"), in(node, "operand"));
            case "short_var_declaration", "assignment_statement" -> assignment(node);
            case "var_declaration", "const_declaration", "var_spec_list" -> several(node, statements(node));
            case "var_spec", "const_spec" -> declaration(node);
            case "inc_statement", "dec_statement" ->
                node(Kind.UNARY, node, tree.kind(node).startsWith("inc") ? "++" : "--", only(node));
            case "function_declaration", "method_declaration", "func_literal" -> function(node);
            case "block", "statement_list" -> node(Kind.BLOCK, node, "", body(node));
            case "if_statement" -> choice(node);
            case "for_statement" -> loop(node);
            case "expression_case", "default_case", "type_case", "communication_case" ->
                node(Kind.BLOCK, node, "", flattened(node));
            case "return_statement" -> returned(node);
            case "import_declaration", "import_spec_list" -> several(node, statements(node));
            case "import_spec" -> imported(node);
            case "ERROR" -> other(node);
            default -> other(node);
        };
    }

    private Node only(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getFirst());
    }

    private String within(int node) {
        var text = tree.text(node);
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }

    private Node unary(int node) {
        var operator = text(field(node, "operator"));
        var value = in(node, "operand");
        return switch (operator) {
            // Whether something is meant by its place does not matter here.
            case "&", "*" -> value;
            case "-" ->
                value.is(Kind.NUMBER)
                        ? node(Kind.NUMBER, node, "-" + value.value())
                        : node(Kind.UNARY, node, operator, value);
            default -> node(Kind.UNARY, node, operator, value);
        };
    }

    /** A value of a type that has a name is like a call that makes it, with named arguments. */
    private Node composite(int node) {
        int type = field(node, "type");
        int body = field(node, "body");
        var elements = body < 0 ? List.<Node>of() : all(body);
        return switch (tree.kind(type)) {
            case "map_type" -> node(Kind.MAP, node, "", elements);
            case "slice_type", "array_type", "implicit_length_array_type" -> list(node, elements);
            default -> {
                var parts = new ArrayList<>(List.of(of(type)));
                parts.addAll(elements);
                yield node(Kind.NEW, node, "", parts);
            }
        };
    }

    private Node keyed(int node) {
        var parts = named(node);
        var key = of(parts.getFirst());
        if (key.is(Kind.NAME)) {
            key = node(Kind.TEXT, parts.getFirst(), key.value());
        }
        return node(Kind.PAIR, node, "", key, of(parts.getLast()));
    }

    private Node assignment(int node) {
        var operator = text(field(node, "operator"));
        return node(
                Kind.ASSIGN,
                node,
                operator.isEmpty() || operator.equals(":=") ? "=" : operator,
                in(node, "left"),
                in(node, "right"));
    }

    private Node declaration(int node) {
        var names = fields(node, "name").stream().map(this::of).toList();
        int value = field(node, "value");
        if (value < 0 || names.isEmpty()) {
            return node(Kind.OTHER, node, "", names);
        }
        var target = names.size() == 1 ? names.getFirst() : list(node, names);
        return node(Kind.ASSIGN, node, "=", target, of(value)).declare(text(field(node, "type")));
    }

    private Node function(int node) {
        var parameters = new ArrayList<Node>();
        parameters(field(node, "receiver"), "receiver", parameters);
        parameters(field(node, "parameters"), "parameter", parameters);
        return node(
                Kind.FUNCTION,
                node,
                text(field(node, "name")),
                list(node, List.of()),
                list(node, parameters),
                in(node, "body"));
    }

    private void parameters(int list, String as, List<Node> parameters) {
        if (list < 0) {
            return;
        }
        for (var each : named(list)) {
            var names = fields(each, "name");
            var type = text(field(each, "type"));
            if (names.isEmpty() && type.startsWith(Language.HOLE)) {
                // A hole that stands for a whole parameter.
                parameters.add(parameter(each, type, List.of()));
            } else if (names.isEmpty()) {
                parameters.add(parameter(each, "_", List.of()).declare(type));
            }
            for (var name : names) {
                var text = tree.text(name);
                parameters.add(
                        text.equals(Language.REST)
                                ? name(name, text)
                                : new Node(Kind.PARAMETER, as, text, List.of(), tree.span(name)).declare(type));
            }
        }
    }

    private List<Node> body(int node) {
        int list = kind(node, "statement_list");
        return statements(list < 0 ? node : list);
    }

    /** What a case compares with, and its statements. */
    private List<Node> flattened(int node) {
        var all = new ArrayList<Node>();
        for (var each : named(node)) {
            if (tree.kind(each).equals("statement_list")) {
                all.addAll(statements(each));
            } else {
                all.add(of(each));
            }
        }
        return all;
    }

    private Node choice(int node) {
        var parts = new ArrayList<Node>();
        int at = node;
        while (true) {
            parts.add(in(at, "condition"));
            parts.add(in(at, "consequence"));
            int other = field(at, "alternative");
            if (other < 0) {
                break;
            }
            if (!tree.kind(other).equals("if_statement") || field(other, "initializer") >= 0) {
                parts.add(of(other));
                break;
            }
            at = other;
        }
        var choice = node(Kind.IF, node, "", parts);
        int initializer = field(node, "initializer");
        return initializer < 0 ? choice : several(node, List.of(of(initializer), choice));
    }

    private Node loop(int node) {
        int range = kind(node, "range_clause");
        if (range >= 0) {
            return node(Kind.EACH, node, "", in(range, "left"), in(range, "right"), in(node, "body"));
        }
        int clause = kind(node, "for_clause");
        var parts = new ArrayList<Node>(clause < 0 ? List.of() : all(clause));
        for (var each : named(node)) {
            if (each != clause) {
                parts.add(of(each));
            }
        }
        return node(Kind.LOOP, node, "", parts);
    }

    /** Several values are given back one beside the other. */
    private Node returned(int node) {
        var values = named(node);
        return values.isEmpty() ? node(Kind.RETURN, node, "") : node(Kind.RETURN, node, "", of(values.getFirst()));
    }

    private Node imported(int node) {
        int path = field(node, "path");
        var imported = path < 0 ? "" : within(path);
        int name = field(node, "name");
        var local = name < 0 ? new Go().localName(imported) : tree.text(name);
        return node(Kind.IMPORT, node, imported).declare(local.equals("_") || local.equals(".") ? "" : local);
    }
}
