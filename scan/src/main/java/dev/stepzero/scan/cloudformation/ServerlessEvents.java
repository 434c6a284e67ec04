package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What SAM makes of the {@code Events} of a function: methods and routes of an API, rules that call it in time, and the
 * permissions for them. They are written as CloudFormation resources, which are then read like all others.
 */
final class ServerlessEvents {
    static final String IMPLICIT_API = "ServerlessRestApi";
    static final String IMPLICIT_HTTP_API = "ServerlessHttpApi";

    private final String function;
    private final Value.Mapping definition;
    private final Function<String, Value.Mapping> apis;
    private final BiConsumer<String, Located> sink;

    /**
     * @param function the logical id
     * @param apis the properties of an API by its logical id, with what all APIs have in common; empty for one that is not there
     * @param sink takes the resources, by logical ids that begin with the function's
     */
    ServerlessEvents(
            String function,
            Value.Mapping definition,
            Function<String, Value.Mapping> apis,
            BiConsumer<String, Located> sink) {
        this.function = function;
        this.definition = definition;
        this.apis = apis;
        this.sink = sink;
    }

    /** The APIs that its events need and SAM makes where nobody names one. */
    static List<String> implicitApis(Value.Mapping function) {
        var needed = new ArrayList<String>();
        for (var event : events(function).values()) {
            var set = Look.mapping(Look.mapping(event.value()), "Properties");
            var type = Look.text(Look.mapping(event.value()), "Type").orElse("");
            if (type.equals("Api") && set.entry("RestApiId").isEmpty()) {
                needed.add(IMPLICIT_API);
            } else if (type.equals("HttpApi") && set.entry("ApiId").isEmpty()) {
                needed.add(IMPLICIT_HTTP_API);
            }
        }
        return needed;
    }

    /** What SAM makes where an event names no API. */
    static Value.Mapping implicitApi(String name) {
        return name.equals(IMPLICIT_API)
                ? object("Type", text("AWS::Serverless::Api"), "Properties", object("StageName", text("Prod")))
                : object("Type", text("AWS::Serverless::HttpApi"));
    }

    private static Map<String, Located> events(Value.Mapping function) {
        return Look.mapping(Look.mapping(function, "Properties"), "Events").entries();
    }

    void unfold() {
        events(definition).forEach((name, event) -> {
            var set = Look.mapping(Look.mapping(event.value()), "Properties");
            var id = function + "/Events/" + name;
            switch (Look.text(Look.mapping(event.value()), "Type").orElse("")) {
                case "Api" -> method(id, event, set);
                case "HttpApi" -> route(id, event, set);
                case "Schedule", "EventBridgeRule", "CloudWatchEvent" -> rule(id, event, set);
                case "ScheduleV2" -> schedule(id, event, set);
                default -> {}
            }
        });
    }

    private void method(String id, Located event, Value.Mapping set) {
        var api = set.entry("RestApiId").map(Located::value).orElse(reference(IMPLICIT_API));
        var authorization = Look.mapping(set, "Auth");
        var common = Look.mapping(common(api), "Auth");
        var properties = object(
                "RestApiId", api,
                "HttpMethod", text(Look.text(set, "Method").orElse("any").toUpperCase(Locale.ROOT)),
                "AuthorizationType", authorizer(authorization, common, "CUSTOM"),
                "ApiKeyRequired", first(authorization.get("ApiKeyRequired"), common.get("ApiKeyRequired")));
        if (set.get("RequestModel") instanceof Value.Mapping model
                && (truth(model, "ValidateBody") || truth(model, "ValidateParameters"))) {
            properties = properties.with(
                    "RequestValidatorId",
                    Located.nowhere(
                            Unknown.because("the validator that SAM makes").present()));
        }
        give(id, "AWS::ApiGateway::Method", properties, event);
        permission(id, "apigateway.amazonaws.com", calls(set), event);
    }

    private void route(String id, Located event, Value.Mapping set) {
        var api = set.entry("ApiId").map(Located::value).orElse(reference(IMPLICIT_HTTP_API));
        var path = Look.text(set, "Path");
        var verb = Look.text(set, "Method").orElse("ANY").toUpperCase(Locale.ROOT);
        var properties = object(
                "ApiId", api,
                "RouteKey", text(path.map(each -> verb + " " + each).orElse("$default")),
                "AuthorizationType", authorizer(Look.mapping(set, "Auth"), Look.mapping(common(api), "Auth"), "JWT"));
        give(id, "AWS::ApiGatewayV2::Route", properties, event);
        permission(id, "apigateway.amazonaws.com", calls(set), event);
    }

    private void rule(String id, Located event, Value.Mapping set) {
        var properties = object(
                "ScheduleExpression", set.get("Schedule"),
                "EventPattern", set.get("Pattern"),
                "EventBusName", set.get("EventBusName"),
                "State", set.get("State"),
                "Targets", Value.listOf(List.of(object("Id", text("function"), "Arn", arn()))));
        give(id, "AWS::Events::Rule", properties, event);
        permission(
                id, "events.amazonaws.com", object("Fn::GetAtt", Value.listOf(List.of(text(id), text("Arn")))), event);
    }

    private void schedule(String id, Located event, Value.Mapping set) {
        var properties = object(
                "ScheduleExpression", set.get("ScheduleExpression"),
                "KmsKeyArn", set.get("KmsKeyArn"),
                "State", set.get("State"),
                "Target", object("Arn", arn(), "RoleArn", set.get("RoleArn")));
        give(id, "AWS::Scheduler::Schedule", properties, event);
    }

    private void permission(String id, String service, Value source, Located event) {
        give(
                id + "/Permission",
                "AWS::Lambda::Permission",
                object(
                        "Action", text("lambda:InvokeFunction"),
                        "FunctionName", reference(function),
                        "Principal", text(service),
                        "SourceArn", source),
                event);
    }

    /** The calls that SAM permits: of any stage, with the event's verb, to its path. */
    private static Value calls(Value.Mapping set) {
        var verb = Look.text(set, "Method").orElse("any").toUpperCase(Locale.ROOT);
        var path = Look.text(set, "Path").orElse("/*").replaceAll("\\{[^}]*}", "*");
        return Unknown.text(List.of(
                text("arn:aws:execute-api:"),
                Unknown.because("the API's id").present(),
                text("/*/" + (verb.equals("ANY") ? "*" : verb) + path)));
    }

    /** Who is asked to let callers in: the event's own, or that of the whole API; nobody where there is none. */
    private static Value authorizer(Value.Mapping own, Value.Mapping common, String kind) {
        return switch (first(own.get("Authorizer"), common.get("DefaultAuthorizer"))) {
            case Value.Absent _ -> text("NONE");
            case Value.Text(var name) when name.equals("NONE") || name.equals("AWS_IAM") -> text(name);
            case Value.Text _ -> text(kind);
            default -> Unknown.because("the authorizer").present();
        };
    }

    private static Value first(Value one, Value other) {
        return one instanceof Value.Absent ? other : one;
    }

    private static boolean truth(Value.Mapping from, String name) {
        return Look.text(from, name).filter("true"::equalsIgnoreCase).isPresent();
    }

    private Value.Mapping common(Value api) {
        return apis.apply(Look.text(Look.mapping(api), "Ref").orElse(""));
    }

    private void give(String id, String type, Value.Mapping properties, Located event) {
        var places = new LinkedHashMap<String, Located>();
        properties.entries().forEach((name, held) -> places.put(name, new Located(held.value(), event.position())));
        var made = object(
                "Type", text(type),
                "Condition", definition.get("Condition"),
                "Properties", new Value.Mapping(places));
        sink.accept(id, new Located(made, event.position()));
    }

    private Value arn() {
        return object("Fn::GetAtt", Value.listOf(List.of(text(function), text("Arn"))));
    }

    private static Value reference(String logicalId) {
        return object("Ref", text(logicalId));
    }

    private static Value text(String text) {
        return Value.of(text);
    }

    /** An object of names and values by turns; what is nothing is left out. */
    private static Value.Mapping object(Object... parts) {
        var entries = new LinkedHashMap<String, Located>();
        for (int i = 0; i < parts.length; i += 2) {
            if (!(parts[i + 1] instanceof Value.Absent)) {
                entries.put((String) parts[i], Located.nowhere((Value) parts[i + 1]));
            }
        }
        return new Value.Mapping(entries);
    }
}
