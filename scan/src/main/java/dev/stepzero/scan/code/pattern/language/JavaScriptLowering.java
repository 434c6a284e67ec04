package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes neutral trees out of those of tree-sitter-javascript 0.25 and tree-sitter-typescript 0.23. */
final class JavaScriptLowering extends Lowering {
    private static final Set<String> LEFTWARD =
            Set.of("binary_expression", "call_expression", "member_expression", "subscript_expression");
    private static final Set<String> NOTHING = Set.of(
            "comment",
            "html_comment",
            "hash_bang_line",
            "optional_chain",
            "type_arguments",
            "type_parameters",
            "type_annotation",
            "implements_clause",
            "interface_declaration",
            "type_alias_declaration",
            "accessibility_modifier",
            "override_modifier",
            "empty_statement",
            "asserts_annotation",
            "type_predicate_annotation");

    JavaScriptLowering(SyntaxTree tree) {
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
            case "call_expression" -> call(node, Kind.CALL, first);
            case "member_expression" -> node(Kind.MEMBER, node, text(field(node, "property")), first);
            case "subscript_expression" -> index(node, first);
            default -> node(Kind.BINARY, node, text(field(node, "operator")), first, in(node, "right"));
        };
    }

    /** {@code a["b"]} is the same as {@code a.b}. */
    private Node index(int node, Node object) {
        var index = in(node, "index");
        return index.is(Kind.TEXT) && index.value().matches("[A-Za-z_$][\\w$]*")
                ? node(Kind.MEMBER, node, index.value(), object)
                : node(Kind.INDEX, node, "", object, index);
    }

    /** The parts of a tagged template are not joined: the function gets them one by one. */
    private Node call(int node, Kind kind, Node callee) {
        var parts = new ArrayList<>(List.of(callee));
        int arguments = field(node, "arguments");
        if (arguments >= 0 && tree.kind(arguments).equals("template_string")) {
            for (var each : named(arguments)) {
                if (tree.kind(each).equals("template_substitution")) {
                    parts.add(of(each));
                }
            }
            return node(Kind.OTHER, node, "tagged", parts);
        }
        if (arguments >= 0) {
            parts.addAll(all(arguments));
        }
        return node(kind, node, "", parts);
    }

    @Override
    protected Node lower(int node) {
        return switch (tree.kind(node)) {
            case "identifier",
                    "type_identifier",
                    "this",
                    "super",
                    "import",
                    "undefined",
                    "nested_identifier",
                    "statement_identifier" -> name(node, tree.text(node));
            case "property_identifier", "private_property_identifier" -> word(node);
            case "shorthand_property_identifier", "shorthand_property_identifier_pattern" -> shorthand(node);
            case "string", "template_string" -> string(node);
            case "number" ->
                node(Kind.NUMBER, node, Numbers.decimal(tree.text(node).replaceFirst("n$", "")));
            case "true" -> node(Kind.CONSTANT, node, "true");
            case "false" -> node(Kind.CONSTANT, node, "false");
            case "null" -> node(Kind.CONSTANT, node, "null");
            case "regex" -> node(Kind.CONSTANT, node, tree.text(node));
            case "array", "array_pattern" -> list(node, all(node));
            case "sequence_expression" -> in(node, "right");
            case "object", "object_pattern" -> node(Kind.MAP, node, "", all(node));
            case "pair", "pair_pattern" -> node(Kind.PAIR, node, "", in(node, "key"), in(node, "value"));
            case "computed_property_name" -> only(node);
            case "object_assignment_pattern", "assignment_pattern" -> in(node, "left");
            case "spread_element", "rest_pattern" -> spread(node, "...", only(node));
            case "parenthesized_expression",
                    "await_expression",
                    "expression_statement",
                    "non_null_expression",
                    "as_expression",
                    "satisfies_expression",
                    "export_specifier",
                    "template_substitution",
                    "jsx_expression",
                    "extends_clause",
                    "optional_parameter_name",
                    "decorator",
                    "instantiation_expression" -> only(node);
            case "type_assertion" -> last(node);
            case "unary_expression" -> unary(node);
            case "update_expression" -> node(Kind.UNARY, node, text(field(node, "operator")), in(node, "argument"));
            case "ternary_expression" ->
                node(
                        Kind.CONDITIONAL,
                        node,
                        "",
                        in(node, "condition"),
                        in(node, "consequence"),
                        in(node, "alternative"));
            case "new_expression" -> call(node, Kind.NEW, in(node, "constructor"));
            case "assignment_expression" -> node(Kind.ASSIGN, node, "=", in(node, "left"), in(node, "right"));
            case "augmented_assignment_expression" ->
                node(Kind.ASSIGN, node, text(field(node, "operator")), in(node, "left"), in(node, "right"));
            case "variable_declaration", "lexical_declaration" -> several(node, all(node));
            case "variable_declarator" -> declarator(node);
            case "function_declaration",
                    "function_expression",
                    "arrow_function",
                    "generator_function",
                    "generator_function_declaration",
                    "method_definition",
                    "function_signature" -> function(node);
            case "class_declaration", "class", "abstract_class_declaration" -> type(node);
            case "field_definition", "public_field_definition" -> field(node);
            case "statement_block", "class_body", "else_clause", "finally_clause" ->
                node(Kind.BLOCK, node, "", statements(node));
            case "if_statement" -> choice(node);
            case "for_in_statement" ->
                node(Kind.EACH, node, "", in(node, "left"), in(node, "right"), block(node, "body"));
            case "for_statement", "while_statement", "do_statement" -> node(Kind.LOOP, node, "", statements(node));
            case "switch_case", "switch_default" -> node(Kind.BLOCK, node, "", statements(node));
            case "return_statement" -> node(Kind.RETURN, node, "", all(node));
            case "throw_statement" -> node(Kind.THROW, node, "", all(node));
            case "catch_clause" -> in(node, "body");
            case "import_statement" -> imports(node);
            case "export_statement" -> export(node);
            case "jsx_element", "jsx_self_closing_element" -> element(node);
            case "jsx_attribute" -> attribute(node);
            case "jsx_text" -> node(Kind.TEXT, node, tree.text(node));
            default -> other(node);
        };
    }

    private Node only(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getFirst());
    }

    private Node last(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getLast());
    }

    /** A property's name; a hole for any number of them where a pattern has that. */
    private Node word(int node) {
        return tree.text(node).equals(Language.REST)
                ? name(node, Language.REST)
                : node(Kind.TEXT, node, tree.text(node));
    }

    private Node shorthand(int node) {
        var name = tree.text(node);
        return name.equals(Language.REST)
                ? name(node, name)
                : node(Kind.PAIR, node, "", node(Kind.TEXT, node, name), name(node, name));
    }

    private Node string(int node) {
        var parts = new ArrayList<Node>();
        var constant = new StringBuilder();
        boolean isConstant = true;
        for (var child : named(node)) {
            switch (tree.kind(child)) {
                case "string_fragment", "html_character_reference" ->
                    parts.add(node(Kind.TEXT, child, tree.text(child)));
                case "escape_sequence" -> parts.add(node(Kind.TEXT, child, Escapes.decoded(tree.text(child))));
                default -> {
                    parts.add(of(child));
                    isConstant = false;
                }
            }
            constant.append(parts.getLast().value());
        }
        return isConstant ? node(Kind.TEXT, node, constant.toString()) : node(Kind.TEMPLATE, node, "", parts);
    }

    private Node unary(int node) {
        var operator = text(field(node, "operator"));
        var value = in(node, "argument");
        return operator.equals("-") && value.is(Kind.NUMBER)
                ? node(Kind.NUMBER, node, "-" + value.value())
                : node(Kind.UNARY, node, operator, value);
    }

    private Node declarator(int node) {
        int value = field(node, "value");
        var type = text(field(node, "type")).replaceFirst("^:\\s*", "");
        return value < 0
                ? node(Kind.OTHER, node, "", in(node, "name"))
                : node(Kind.ASSIGN, node, "=", in(node, "name"), of(value)).declare(type);
    }

    private Node field(int node) {
        int value = field(node, "value");
        int name = field(node, "name") >= 0 ? field(node, "name") : field(node, "property");
        if (value < 0 || name < 0) {
            return other(node);
        }
        var target = node(Kind.MEMBER, name, tree.text(name), node(Kind.NAME, name, "this"));
        return node(Kind.ASSIGN, node, "=", target, of(value));
    }

    private Node function(int node) {
        var parameters = new ArrayList<Node>();
        int list = field(node, "parameters");
        int single = field(node, "parameter");
        var unpacked = new ArrayList<Node>();
        if (list >= 0) {
            var all = named(list);
            for (int i = 0; i < all.size(); i++) {
                parameters.add(parameterOf(all.get(i), whole(all, i), unpacked));
            }
        } else if (single >= 0) {
            parameters.add(parameter(single, tree.text(single), List.of()));
        }
        var body = in(node, "body");
        if (!body.is(Kind.BLOCK)) {
            body = node(Kind.BLOCK, node, "", body.is(Kind.REST) ? body : node(Kind.RETURN, node, "", body));
        }
        if (!unpacked.isEmpty()) {
            unpacked.addAll(body.children());
            body = new Node(Kind.BLOCK, body.type(), "", unpacked, body.span());
        }
        return node(
                Kind.FUNCTION,
                node,
                text(field(node, "name")),
                list(node, decorators(node)),
                list(node, parameters),
                body);
    }

    /** What a parameter is called that is taken apart at once: of a handler's, the first is its request. */
    private String whole(List<Integer> all, int index) {
        boolean isRequest = declared(all.get(index)).matches("(?s)(\\w+\\.)?\\w*Request\\b.*")
                || (index == 0 && all.size() > 1 && tree.text(all.get(1)).matches("(?s)_?(res|response|reply)\\b.*"));
        return isRequest ? "req" : "{" + index + "}";
    }

    private String declared(int node) {
        return text(field(node, "type")).replaceFirst("^:\\s*", "");
    }

    /**
     * One that is taken apart gets a name, and the body begins with taking it apart. A decorator stands for the value that
     * is there if nothing is given: it brings it.
     */
    private Node parameterOf(int node, String whole, List<Node> unpacked) {
        int pattern = field(node, "pattern");
        int value = field(node, "value");
        int inner = pattern < 0 ? node : pattern;
        if (tree.kind(inner).equals("assignment_pattern")) {
            value = field(inner, "right");
            inner = field(inner, "left");
        }
        if (tree.kind(inner).equals("rest_pattern") && !named(inner).isEmpty()) {
            inner = named(inner).getFirst();
        }
        int decorator = kind(node, "decorator");
        int standard = decorator >= 0 ? decorator : value;
        var name = tree.text(inner);
        if (tree.kind(inner).endsWith("_pattern")) {
            name = whole;
            unpacked.add(new Node(
                    Kind.ASSIGN,
                    "variable_declarator",
                    "=",
                    List.of(of(inner), node(Kind.NAME, inner, whole)),
                    tree.span(inner)));
        }
        return parameter(node, name, standard < 0 ? List.of() : List.of(of(standard)))
                .declare(declared(node));
    }

    /** Decorators stand before what they are for, or within it. */
    private List<Node> decorators(int node) {
        var made = new ArrayList<Node>();
        for (var each : fields(node, "decorator")) {
            made.add(of(each));
        }
        return made;
    }

    private Node type(int node) {
        var above = new ArrayList<Node>();
        int heritage = kind(node, "class_heritage");
        if (heritage >= 0) {
            above.addAll(all(heritage));
        }
        var members = new ArrayList<Node>();
        int body = field(node, "body");
        if (body >= 0) {
            members(body, members);
        }
        return node(
                Kind.CLASS,
                node,
                text(field(node, "name")),
                list(node, decorators(node)),
                list(node, above),
                node(Kind.BLOCK, body < 0 ? node : body, "", members));
    }

    /** The grammar has a method's decorators before it. */
    private void members(int body, List<Node> members) {
        var decorators = new ArrayList<Node>();
        for (var each : named(body)) {
            var made = of(each);
            if (tree.kind(each).equals("decorator")) {
                decorators.add(made);
            } else {
                members.add(made.is(Kind.FUNCTION) && !decorators.isEmpty() ? decorated(made, decorators) : made);
                decorators.clear();
            }
        }
    }

    private static Node decorated(Node function, List<Node> decorators) {
        var list = new Node(Kind.LIST, "decorators", "", decorators, function.span());
        return new Node(
                Kind.FUNCTION,
                function.type(),
                function.value(),
                List.of(list, function.child(1), function.child(2)),
                function.span());
    }

    private Node block(int node, String field) {
        var made = in(node, field);
        return made.is(Kind.BLOCK) ? made : node(Kind.BLOCK, node, "", made);
    }

    private Node choice(int node) {
        var parts = new ArrayList<Node>();
        int at = node;
        while (true) {
            parts.add(in(at, "condition"));
            parts.add(block(at, "consequence"));
            int other = field(at, "alternative");
            if (other < 0) {
                break;
            }
            int next = kind(other, "if_statement");
            if (next < 0) {
                parts.add(of(other));
                break;
            }
            at = next;
        }
        return node(Kind.IF, node, "", parts);
    }

    private Node imports(int node) {
        int source = field(node, "source");
        var made = new ArrayList<Node>();
        int required = kind(node, "import_require_clause");
        if (required >= 0) {
            var module = in(required, "source").value();
            return node(Kind.IMPORT, node, module).declare(text(kind(required, "identifier")));
        }
        var module = source < 0 ? "" : of(source).value();
        int clause = kind(node, "import_clause");
        if (clause >= 0) {
            for (var each : named(clause)) {
                switch (tree.kind(each)) {
                    case "identifier" ->
                        made.add(node(Kind.IMPORT, each, module).declare(tree.text(each)));
                    case "namespace_import" ->
                        made.add(node(Kind.IMPORT, each, module).declare(text(kind(each, "identifier"))));
                    default -> specifiers(each, module, made);
                }
            }
        }
        return made.isEmpty() ? node(Kind.IMPORT, node, module) : several(node, made);
    }

    private void specifiers(int node, String module, List<Node> made) {
        for (var each : named(node)) {
            int alias = field(each, "alias");
            var name = text(field(each, "name")).replaceAll("^[\"']|[\"']$", "");
            made.add(new Node(Kind.IMPORT, Language.PART, module, List.of(node(Kind.TEXT, each, name)), tree.span(each))
                    .declare(alias < 0 ? name : tree.text(alias)));
        }
    }

    private Node export(int node) {
        int declaration = field(node, "declaration");
        int value = field(node, "value");
        var decorators = decorators(node);
        if (declaration < 0 && value < 0) {
            return node(Kind.OTHER, node, "");
        }
        var made = of(declaration < 0 ? value : declaration);
        if (made.is(Kind.CLASS) && !decorators.isEmpty()) {
            var list = new Node(Kind.LIST, "decorators", "", decorators, made.span());
            return new Node(
                    Kind.CLASS, made.type(), made.value(), List.of(list, made.child(1), made.child(2)), made.span());
        }
        return made;
    }

    /** {@code <a href={x}>y</a>}: a call of the element's name with attributes by name, then what is in it. */
    private Node element(int node) {
        int open = field(node, "open_tag") >= 0 ? field(node, "open_tag") : node;
        var parts = new ArrayList<Node>();
        parts.add(in(open, "name"));
        for (var each : fields(open, "attribute")) {
            parts.add(of(each));
        }
        if (open != node) {
            for (var each : named(node)) {
                if (!tree.kind(each).equals("jsx_opening_element")
                        && !tree.kind(each).equals("jsx_closing_element")) {
                    parts.add(of(each));
                }
            }
        }
        return new Node(Kind.CALL, "jsx", "", parts, tree.span(node));
    }

    private Node attribute(int node) {
        var parts = named(node);
        var name = text(parts.getFirst());
        if (name.equals(Language.REST)) {
            return name(node, name);
        }
        return node(Kind.KEYWORD, node, name, parts.size() > 1 ? of(parts.get(1)) : node(Kind.CONSTANT, node, "true"));
    }
}
