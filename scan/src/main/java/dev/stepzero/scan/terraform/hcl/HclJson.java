package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression.ObjectOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads Terraform's JSON syntax into the tree of the native one. What looks like a block inside a body cannot be told
 * from an object without the provider's schema, so it stays an attribute that holds objects.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/syntax/json">the mapping</a>
 */
public final class HclJson {
    private static final String VALUES = ".tfvars.json";

    /** What holds addresses and types: code in quotes, not templates. */
    private static final Set<String> CODE = Set.of(
            "resource.provider",
            "resource.depends_on",
            "data.provider",
            "data.depends_on",
            "ephemeral.provider",
            "ephemeral.depends_on",
            "module.providers",
            "module.depends_on",
            "output.depends_on",
            "variable.type",
            "moved.from",
            "moved.to",
            "removed.from",
            "import.to");

    /** What Terraform reads before there is anything that a template could speak of. */
    private static final Set<String> PLAIN = Set.of("variable.default", "variable.description", "output.description");

    private enum Strings {
        TEMPLATES,
        CODE,
        PLAIN
    }

    private final Problems problems = new Problems();
    private final List<Body.Attribute> attributes = new ArrayList<>();
    private final List<Body.Block> blocks = new ArrayList<>();

    private HclJson() {}

    /**
     * A whole file, {@code .tf.json} or {@code .tfvars.json}.
     *
     * @param file its path, for positions
     */
    public static ParsedFile parse(String file, String text) {
        return new HclJson().read(file, text);
    }

    private ParsedFile read(String file, String text) {
        var source = Source.of(file, text);
        var json = new JsonReader(new Scanner(source), problems).file();
        top(json, file.endsWith(VALUES));
        return new ParsedFile(new Body(attributes, blocks, json.position()), problems.found());
    }

    private void top(Json json, boolean values) {
        switch (json) {
            case Json.Members(var members, var position) -> {
                for (var member : members) {
                    int labels = values ? -1 : labels(member.name());
                    if (labels >= 0) {
                        blocks(member.name(), List.of(), labels, member);
                    } else if (!isComment(member)) {
                        var strings = values ? Strings.PLAIN : Strings.TEMPLATES;
                        attributes.add(attribute(member, strings));
                    }
                }
            }
            case Json.Items(var items, var position) -> items.forEach(item -> top(item, values));
            case Json.Plain(var value, var position) when !problems.found().isEmpty() -> {}
            case Json.Plain plain -> problems.add("The file holds no object", plain.position());
            case Json.Text string -> problems.add("The file holds no object", string.position());
        }
    }

    /** How many names stand between the keyword and the body; -1 if it is no keyword. */
    private static int labels(String keyword) {
        return switch (keyword) {
            case "resource", "data", "ephemeral" -> 2;
            case "variable", "output", "module", "provider", "check" -> 1;
            case "locals", "terraform", "moved", "removed", "import" -> 0;
            default -> -1;
        };
    }

    private void blocks(String type, List<String> labels, int missing, Json.Member member) {
        switch (member.value()) {
            case Json.Items(var items, var position) -> {
                for (var item : items) {
                    blocks(type, labels, missing, new Json.Member(member.name(), item, item.position()));
                }
            }
            case Json.Members(var members, var position)
            when missing > 0 -> {
                for (var next : members) {
                    if (!isComment(next)) {
                        var more = new ArrayList<>(labels);
                        more.add(next.name());
                        blocks(type, more, missing - 1, next);
                    }
                }
            }
            case Json.Members members ->
                blocks.add(new Body.Block(type, labels, body(type, members), member.position()));
            case Json.Plain(var value, var position) when value.equals(Value.ABSENT) -> {}
            case Json.Plain plain -> problems.add("\"" + type + "\" needs an object here", plain.position());
            case Json.Text string -> problems.add("\"" + type + "\" needs an object here", string.position());
        }
    }

    private static Body body(String type, Json.Members members) {
        List<Body.Attribute> attributes = new ArrayList<>();
        for (var member : members.members()) {
            if (!isComment(member)) {
                var name = type + "." + member.name();
                var strings = CODE.contains(name) ? Strings.CODE : Strings.TEMPLATES;
                attributes.add(attribute(member, PLAIN.contains(name) ? Strings.PLAIN : strings));
            }
        }
        return new Body(attributes, List.of(), members.position());
    }

    private static Body.Attribute attribute(Json.Member member, Strings strings) {
        return new Body.Attribute(member.name(), expression(member.value(), strings), member.position());
    }

    private static Expression expression(Json json, Strings strings) {
        return switch (json) {
            case Json.Plain(var value, var position) -> new Expression.Literal(value, position);
            case Json.Text(var text, var position) -> text(text, position, strings);
            case Json.Items(var items, var position) -> {
                List<Expression> values = new ArrayList<>(items.size());
                for (var item : items) {
                    values.add(expression(item, strings));
                }
                yield new Expression.Tuple(values, position);
            }
            case Json.Members(var members, var position) -> {
                List<ObjectOf.Entry> entries = new ArrayList<>(members.size());
                for (var member : members) {
                    if (!isComment(member)) {
                        var keys = strings == Strings.CODE ? Strings.PLAIN : strings;
                        var key = text(member.name(), member.position(), keys);
                        entries.add(new ObjectOf.Entry(key, expression(member.value(), strings)));
                    }
                }
                yield new ObjectOf(entries, position);
            }
        };
    }

    private static Expression text(String text, Position position, Strings strings) {
        if (strings == Strings.CODE) {
            return HclParser.expression(position, text);
        }
        return strings == Strings.PLAIN || text.indexOf('{') < 0
                ? new Expression.Literal(Value.of(text), position)
                : HclParser.template(position, text);
    }

    private static boolean isComment(Json.Member member) {
        return member.name().equals("//");
    }
}
