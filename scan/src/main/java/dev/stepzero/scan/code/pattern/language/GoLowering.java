package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes neutral trees out of those of tree-sitter-go 0.25. A struct's literal becomes {@link Kind#NEW} with its fields as
 * {@link Kind#KEYWORD}. What only
 * changes the form is left out: {@code *x}, {@code []byte(x)} and {@code string(x)} are {@code x}, and {@code &T{}} is
 * {@code T{}}.
 */
final class GoLowering extends Lowering {
    private static final Set<String> LEFTWARD = Set.of(
            "binary_expression", "call_expression", "selector_expression", "index_expression", "slice_expression");
    private static final Set<String> NOTHING =
            Set.of("comment", "package_clause", "type_declaration", "empty_statement");
    private static final Set<String> TEXTS = Set.of("string", "[]byte", "[]rune", "json.RawMessage");
    private static final Set<String> OUTCOMES = Set.of("err", "ok", "_");
    private static final Set<String> FREE_KEYS =
            Set.of("map_type", "slice_type", "array_type", "implicit_length_array_type");

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
    protected Node lower(int node) {
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
            case "literal_value" -> list(node, elements(node, true));
            case "composite_literal" -> literal(node);
            case "variadic_argument" -> spread(node, "...", only(node));
            case "type_conversion_expression" -> conversion(node);
            case "type_assertion_expression" -> in(node, "operand");
            case "unary_expression" -> unary(node);
            case "short_var_declaration", "assignment_statement" -> assignment(node);
            case "var_spec", "const_spec" -> declaration(node);
            case "inc_statement" -> node(Kind.UNARY, node, "++", only(node));
            case "dec_statement" -> node(Kind.UNARY, node, "--", only(node));
            case "function_declaration", "method_declaration", "func_literal" -> function(node);
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

    private Node only(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getFirst());
    }

    private String unquoted(int node) {
        var text = tree.text(node);
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }

    private Node literal(int node) {
        int type = field(node, "type");
        int body = field(node, "body");
        var kind = type < 0 ? "" : tree.kind(type);
        if (type < 0 || body < 0) {
            return other(node);
        }
        if (FREE_KEYS.contains(kind)) {
            return node(
                    kind.equals("map_type") ? Kind.MAP : Kind.LIST,
                    node,
                    tree.text(type).replaceAll("\\s", ""),
                    elements(body, false));
        }
        var parts = new ArrayList<>(List.of(of(type)));
        parts.addAll(elements(body, true));
        return node(Kind.NEW, node, "", parts);
    }

    /** @param hasFields whether a key that is a word is the name of a field */
    private List<Node> elements(int body, boolean hasFields) {
        var elements = new ArrayList<Node>();
        for (var each : named(body)) {
            elements.add(tree.kind(each).equals("keyed_element") ? keyed(each, hasFields) : of(each));
        }
        return elements;
    }

    private Node keyed(int node, boolean hasFields) {
        var parts = named(node);
        if (parts.size() != 2) {
            return other(node);
        }
        var key = of(parts.getFirst());
        var value = of(parts.getLast());
        return hasFields && key.is(Kind.NAME)
                ? node(Kind.KEYWORD, node, key.value(), value)
                : node(Kind.PAIR, node, "", key, value);
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
            case "-" ->
                value.is(Kind.NUMBER)
                        ? node(Kind.NUMBER, node, "-" + value.value())
                        : node(Kind.UNARY, node, operator, value);
            default -> node(Kind.UNARY, node, operator, value);
        };
    }

    private Node assignment(int node) {
        var operator = text(field(node, "operator"));
        return assigned(
                node, operator.isEmpty() ? "=" : operator, list(field(node, "left")), list(field(node, "right")), "");
    }

    /** {@code var} and {@code const}: a variable without a value has one that is nothing in particular. */
    private Node declaration(int node) {
        var names = fields(node, "name").stream().map(this::of).toList();
        int value = field(node, "value");
        var type = text(field(node, "type")).replaceFirst("^[*]+", "");
        return value < 0
                ? one(
                        node,
                        names.stream()
                                .map(each -> node(Kind.ASSIGN, node, "=", each, node(Kind.OTHER, node, ""))
                                        .declare(type))
                                .toList())
                : assigned(node, "=", names, list(value), type);
    }

    /** Of {@code x, err := f()} only {@code x} is assigned: what went in seldom comes out in an error or a yes. */
    private Node assigned(int node, String operator, List<Node> all, List<Node> values, String type) {
        var targets =
                all.size() > 1 && values.size() == 1 && isOutcome(all.getLast()) ? all.subList(0, all.size() - 1) : all;
        if (targets.size() != values.size() || targets.size() == 1) {
            var target = targets.size() == 1 ? targets.getFirst() : list(node, targets);
            var value = values.size() == 1 ? values.getFirst() : list(node, values);
            return node(Kind.ASSIGN, node, operator, target, value).declare(type);
        }
        var made = new ArrayList<Node>();
        for (int i = 0; i < targets.size(); i++) {
            made.add(node(Kind.ASSIGN, node, operator, targets.get(i), values.get(i))
                    .declare(type));
        }
        return several(node, made);
    }

    private static boolean isOutcome(Node target) {
        return target.is(Kind.NAME) && OUTCOMES.contains(target.value());
    }

    private Node one(int node, List<Node> made) {
        return made.size() == 1 ? made.getFirst() : several(node, made);
    }

    private List<Node> list(int node) {
        return node < 0 ? List.of() : tree.kind(node).equals("expression_list") ? all(node) : List.of(of(node));
    }

    private List<Node> returned(int node) {
        var given = named(node);
        return given.isEmpty() ? List.of() : list(given.getFirst());
    }

    /** A method's receiver is its first parameter, of the type {@code receiver}. */
    private Node function(int node) {
        var body = in(node, "body");
        var parameters = new ArrayList<Node>();
        for (var each : parameters(field(node, "receiver"))) {
            parameters.add(new Node(Kind.PARAMETER, "receiver", each.value(), List.of(), each.span())
                    .declare(each.declared()));
        }
        parameters.addAll(parameters(field(node, "parameters")));
        return node(
                Kind.FUNCTION,
                node,
                text(field(node, "name")),
                list(node, List.of()),
                list(node, parameters),
                body.is(Kind.BLOCK) ? body : node(Kind.BLOCK, node, "", body));
    }

    private List<Node> parameters(int node) {
        var parameters = new ArrayList<Node>();
        for (var each : node < 0 ? List.<Integer>of() : named(node)) {
            var type = text(field(each, "type")).replaceFirst("^[*]+", "");
            var names = fields(each, "name");
            if (names.isEmpty()) {
                parameters.add(parameter(each, type.equals(Language.REST) ? type : "", List.of())
                        .declare(type));
            }
            names.forEach(name ->
                    parameters.add(parameter(name, tree.text(name), List.of()).declare(type)));
        }
        return parameters;
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
