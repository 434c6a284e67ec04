package dev.stepzero.rules.iam;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.net.Networks;
import java.util.Locale;
import java.util.Set;

/** Questions that rules ask of IAM policies and their statements. */
public final class Policies {
    /** Keys that tie a request to an account, an organisation, a network or a resource that cannot be anybody's. */
    private static final Set<String> NARROWING = Set.of(
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceorgid",
            "aws:sourceorgpaths",
            "aws:sourceowner",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:userid",
            "aws:username",
            "aws:sourcevpc",
            "aws:sourcevpcarn",
            "aws:vpceaccount",
            "aws:vpceorgid",
            "aws:vpceorgpaths",
            "aws:ec2instancesourcevpc",
            "ec2:sourceinstancearn",
            "lambda:sourcefunctionarn",
            "ssm:sourceinstancearn",
            "aws:sourcevpce",
            "aws:vpcsourceip",
            "kms:calleraccount",
            "s3:dataaccesspointaccount",
            "s3:dataaccesspointarn",
            "elasticfilesystem:accesspointarn",
            "lambda:functionurlauthtype");

    private Policies() {}

    /** The statements of a policy, normalised as {@code docs/rules/language.md} says. */
    public static Value statements(Value policy) {
        return Statements.of(policy);
    }

    /** Whether a statement, or one of several, lets an action be done. */
    public static Value allows(Value statement, Value action) {
        return any(statement, each -> allowsOne(each, action));
    }

    private static Value allowsOne(Value.Mapping statement, Value action) {
        if (!allowing(statement) || !(action instanceof Value.Text wanted)) {
            return action instanceof Unknown ? action : Value.FALSE;
        }
        var not = Statements.items(statement.get("not_actions"));
        if (!not.isEmpty()) {
            return Value.of(not.stream().noneMatch(item -> covers(item.value(), wanted.value())));
        }
        Value answer = Value.FALSE;
        for (var item : Statements.items(statement.get("actions"))) {
            if (covers(item.value(), wanted.value()) || coveredBy(item.value(), wanted.value())) {
                return Value.TRUE;
            }
            if (item.value() instanceof Unknown) {
                answer = item.value();
            }
        }
        return answer;
    }

    /** Whether a statement, or one of several, allows everything on everything. */
    public static Value allowsAll(Value statement) {
        return any(statement, each -> {
            boolean actions = has(each.get("actions"), "*") || has(each.get("actions"), "*:*");
            return Value.of(allowing(each) && actions && has(each.get("resources"), "*"));
        });
    }

    /** Whether a statement, or one of several, lets everybody in, whoever asks and from wherever. */
    public static Value publicPrincipal(Value statement) {
        return any(statement, each -> {
            boolean everybody = has(each.get("principals"), "*")
                    || Statements.items(each.get("principals")).stream().anyMatch(Policies::anything)
                    || !Statements.items(each.get("not_principals")).isEmpty();
            if (!allowing(each) || !everybody) {
                return Value.FALSE;
            }
            return Value.of(Statements.items(each.get("conditions")).stream()
                    .noneMatch(condition -> narrows(condition.value())));
        });
    }

    /** The names of the ways to more rights that the statements open together. */
    public static Value escalations(Value policies) {
        var statements = Statements.of(policies);
        if (!(statements instanceof Value.Sequence)) {
            return statements;
        }
        return Value.listOf(Escalations.KNOWN.stream()
                .filter(way ->
                        way.actions().stream().allMatch(action -> Value.TRUE.equals(anywhere(statements, action))))
                .map(way -> Value.of(way.name()))
                .toList());
    }

    private static Value anywhere(Value statements, String action) {
        return any(
                statements,
                each -> Statements.items(each.get("conditions")).isEmpty() && wide(each)
                        ? allowsOne(each, Value.of(action))
                        : Value.FALSE);
    }

    private static boolean wide(Value.Mapping statement) {
        return !Statements.items(statement.get("not_resources")).isEmpty()
                || Statements.items(statement.get("resources")).stream()
                        .anyMatch(item -> item.value() instanceof Value.Text text
                                && (text.value().equals("*")
                                        || text.value().endsWith(":*")
                                        || text.value().endsWith("/*")));
    }

    private static boolean allowing(Value.Mapping statement) {
        return statement.get("effect") instanceof Value.Text text
                && text.value().equalsIgnoreCase("allow");
    }

    private static boolean narrows(Value condition) {
        if (!(condition instanceof Value.Mapping map)
                || !(map.get("variable") instanceof Value.Text variable)
                || !(map.get("test") instanceof Value.Text test)) {
            return condition instanceof Unknown;
        }
        var operator = test.value().toLowerCase(Locale.ROOT);
        if (operator.contains("not") || operator.contains("ifexists") || operator.startsWith("forallvalues")) {
            return false;
        }
        var values = Statements.items(map.get("values"));
        var key = variable.value().toLowerCase(Locale.ROOT);
        if (key.equals("aws:sourceip")) {
            return !Value.TRUE.equals(Networks.internet(new Value.Sequence(values)));
        }
        return NARROWING.contains(key) && values.stream().noneMatch(Policies::anything);
    }

    private static boolean anything(Located value) {
        return value.value() instanceof Value.Text text
                && (text.value().equals("*") || (text.value().startsWith("arn:") && anybodys(text.value())));
    }

    /** Whether anybody can have what an ARN names: its account is open, and no name in it is unique in the world. */
    private static boolean anybodys(String arn) {
        var parts = arn.split(":", 6);
        if (parts.length < 6) {
            return arn.endsWith("*");
        }
        boolean named = parts[4].isEmpty() || parts[2].equals("s3");
        return named ? parts[5].startsWith("*") : parts[4].contains("*");
    }

    private static boolean has(Value list, String text) {
        return Statements.items(list).stream()
                .anyMatch(item ->
                        item.value() instanceof Value.Text each && each.value().equals(text));
    }

    private static boolean covers(Value pattern, String action) {
        return pattern instanceof Value.Text text
                && Wildcards.match(text.value().toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
    }

    private static boolean coveredBy(Value action, String pattern) {
        return action instanceof Value.Text text
                && Wildcards.match(
                        pattern.toLowerCase(Locale.ROOT), text.value().toLowerCase(Locale.ROOT));
    }

    @FunctionalInterface
    private interface Question {
        Value of(Value.Mapping statement);
    }

    private static Value any(Value statements, Question question) {
        Value answer = Value.FALSE;
        if (statements instanceof Unknown) {
            return statements;
        }
        for (var item : Statements.items(statements)) {
            if (item.value() instanceof Value.Mapping statement) {
                var one = question.of(statement);
                if (Value.TRUE.equals(one)) {
                    return one;
                }
                answer = one instanceof Unknown ? one : answer;
            }
        }
        return answer;
    }
}
