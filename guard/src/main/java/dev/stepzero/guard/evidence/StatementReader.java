package dev.stepzero.guard.evidence;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads an in-toto Statement v1; as its specification asks, it passes over fields that it does not know. */
final class StatementReader {
    static final String TYPE = "https://in-toto.io/Statement/v1";

    private StatementReader() {}

    static Statement read(JsonNode json) {
        var type = text(json, "_type");
        if (!type.equals(TYPE)) {
            throw broken("it is of type " + type);
        }
        var subjects = new ArrayList<Statement.Artifact>();
        for (var subject : json.path("subject").values()) {
            subjects.add(artifact(subject));
        }
        if (subjects.isEmpty()) {
            throw broken("it has no subject");
        }
        return new Statement(subjects, text(json, "predicateType"), predicate(json));
    }

    private static Statement.Artifact artifact(JsonNode subject) {
        var digests = new TreeMap<String, String>();
        for (var digest : subject.path("digest").properties()) {
            digests.put(digest.getKey(), text(subject.path("digest"), digest.getKey()));
        }
        if (digests.isEmpty()) {
            throw broken("a subject has no digest");
        }
        return new Statement.Artifact(subject.path("name").stringValue(""), digests);
    }

    private static JsonNode predicate(JsonNode json) {
        var predicate = json.path("predicate");
        if (predicate.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!predicate.isObject()) {
            throw broken("its predicate is no object");
        }
        return predicate;
    }

    private static String text(JsonNode json, String field) {
        return json.path(field)
                .stringValueOpt()
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> broken("it has no text '" + field + "'"));
    }

    private static UserError broken(String why) {
        return UserError.unreadable("the evidence holds no in-toto statement: " + why);
    }
}
