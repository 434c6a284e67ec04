package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.functions.FunctionError;
import java.util.List;

/** Data sources whose answer follows from their arguments and the tree alone. */
final class PureData {
    private PureData() {}

    /** The attributes with those that can be told added. */
    static Value.Mapping completed(String type, Value.Mapping attributes, Position position, Names names) {
        return switch (type) {
            case "aws_iam_policy_document" -> PolicyDocument.withJson(attributes, position, names);
            case "template_file" ->
                with(
                        attributes,
                        "rendered",
                        position,
                        names,
                        "templatestring",
                        attributes.get("template"),
                        variables(attributes));
            case "local_file" -> with(attributes, "content", position, names, "file", attributes.get("filename"));
            case "null_data_source" ->
                attributes
                        .entry("inputs")
                        .map(inputs -> attributes.with("outputs", inputs))
                        .orElse(attributes);
            default -> attributes;
        };
    }

    private static Value variables(Value.Mapping attributes) {
        var given = attributes.get("vars");
        return given instanceof Value.Absent ? Value.Mapping.EMPTY : given;
    }

    private static Value.Mapping with(
            Value.Mapping attributes,
            String name,
            Position position,
            Names names,
            String function,
            Value... arguments) {
        try {
            var value = names.call(function, List.of(arguments));
            return value instanceof Unknown unknown && unknown.parts().isEmpty()
                    ? attributes
                    : attributes.with(name, new Located(value, position));
        } catch (FunctionError e) {
            return attributes;
        }
    }
}
