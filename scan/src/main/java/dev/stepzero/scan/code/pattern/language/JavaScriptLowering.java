package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes neutral trees out of those of tree-sitter-javascript 0.25 and tree-sitter-typescript 0.23. What this class says
 * itself are expressions and statements.
 */
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

    private final JavaScriptTexts texts = new JavaScriptTexts(this);
    private final JavaScriptFunctions functions = new JavaScriptFunctions(this);
    private final JavaScriptClasses classes = new JavaScriptClasses(this, functions);
    private final JavaScriptModules modules = new JavaScriptModules(this, functions);
    private final JavaScriptElements elements = new JavaScriptElements(this);

    JavaScriptLowering(SyntaxTree tree) {
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
                } else if (tree.text(each).equals("...")) {
                    parts.add(name(each, Language.REST));
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
    Node lower(int node) {
        return switch (tree.kind(node)) {
            case "identifier",
                    "type_identifier",
                    "this",
                    "super",
                    "import",
                    "undefined",
                    "nested_identifier",
                    "statement_identifier" -> name(node, tree.text(node));
            case "property_identifier", "private_property_identifier" -> texts.word(node);
            case "shorthand_property_identifier", "shorthand_property_identifier_pattern" -> texts.shorthand(node);
            case "string", "template_string" -> texts.string(node);
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
            case "unary_expression" -> signed(node, text(field(node, "operator")), in(node, "argument"));
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
                    "function_signature" -> functions.function(node);
            case "class_declaration", "class", "abstract_class_declaration" -> classes.type(node);
            case "field_definition", "public_field_definition" -> classes.field(node);
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
            case "import_statement" -> modules.imports(node);
            case "export_statement" -> modules.export(node);
            case "jsx_element", "jsx_self_closing_element" -> elements.element(node);
            case "jsx_attribute" -> elements.attribute(node);
            case "jsx_text" -> node(Kind.TEXT, node, tree.text(node));
            default -> other(node);
        };
    }

    private Node last(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getLast());
    }

    private Node declarator(int node) {
        int value = field(node, "value");
        var type = functions.declared(node);
        return value < 0
                ? node(Kind.OTHER, node, "", in(node, "name"))
                : node(Kind.ASSIGN, node, "=", in(node, "name"), of(value)).declare(type);
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
}
