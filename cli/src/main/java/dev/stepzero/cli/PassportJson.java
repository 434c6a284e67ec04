package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.Verified;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A passport as one JSON object: {@code verified}, and the rest of it or the reason. */
final class PassportJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PassportJson() {}

    private record Document(boolean verified, Object passport, List<Map<String, Object>> deployments) {}

    private record Refusal(boolean verified, String reason, String place, String fix) {}

    static void print(Verified release, PrintWriter out) {
        var deployments =
                release.deployments().stream().map(PassportJson::deployment).toList();
        out.println(JSON.writeValueAsString(new Document(true, release.passport(), deployments)));
        out.flush();
    }

    static void print(UserError refusal, PrintWriter out) {
        out.println(JSON.writeValueAsString(new Refusal(
                false, refusal.what(), refusal.where().orElse(""), refusal.fix().orElse(""))));
        out.flush();
    }

    private static Map<String, Object> deployment(Deployment each) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("environment", each.environment());
        fields.put("target", each.target());
        fields.put("kind", each.kind());
        fields.put("status", each.status());
        fields.put("address", each.address());
        fields.put("startedAt", each.startedAt().toString());
        if (each.endedAt() != null) {
            fields.put("endedAt", each.endedAt().toString());
        }
        return fields;
    }
}
