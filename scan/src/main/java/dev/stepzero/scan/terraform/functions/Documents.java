package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.List;

/** Functions that read and write JSON, YAML and CSV. */
final class Documents {
    private Documents() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "jsonencode" -> json(arguments.at(0));
            case "jsondecode" -> decoded(arguments);
            case "yamlencode" -> Value.of(YamlWriting.write(arguments.at(0)));
            case "yamldecode" -> YamlReading.read(arguments.text(0));
            case "csvdecode" -> Csv.read(arguments.text(0));
            default -> throw Subject.missing(arguments);
        };
    }

    /** A policy with one unknown name in it is still a policy: whoever needs its text's meaning finds it there. */
    private static Value json(Value value) {
        try {
            return Value.of(JsonText.of(value));
        } catch (NotKnown e) {
            return Unknowns.joined(List.of(value)).encoding(value);
        }
    }

    private static Value decoded(Arguments arguments) {
        if (arguments.at(0) instanceof Unknown unknown && unknown.encoded().isPresent()) {
            return unknown.encoded().get();
        }
        return JsonReading.read(arguments.text(0));
    }
}
