package dev.stepzero.scan.sarif;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a run says of itself: by which tool, with which rules, and how it went (section 3.14). */
final class ToolRun {
    private static final Pattern EDITION = Pattern.compile("[ -](oss|pro|ce)$");
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_RULE = 300;

    private final JsonNode run;
    private final Map<String, JsonNode> byId = new HashMap<>();

    ToolRun(JsonNode run) {
        this.run = run;
        components()
                .forEach(component -> component
                        .path("rules")
                        .forEach(rule -> byId.putIfAbsent(rule.path("id").asString(""), rule)));
    }

    private Iterable<JsonNode> components() {
        var all = run.path("tool").path("extensions").valueStream().toList();
        var components = new java.util.ArrayList<JsonNode>();
        components.add(driver());
        components.addAll(all);
        return components;
    }

    JsonNode driver() {
        return run.path("tool").path("driver");
    }

    /** The tool's name and version, as people call it. */
    String tool() {
        var version = driver().path("semanticVersion")
                .asString(driver().path("version").asString(""));
        return (name() + " " + Texts.cut(version, LONGEST_NAME)).strip();
    }

    String name() {
        var name = driver().path("name").asString("").strip();
        return name.isEmpty() ? "a tool without a name" : Texts.cut(name, LONGEST_NAME);
    }

    /** Whether Stepzero itself wrote it, so that rules and fingerprints are ours. */
    boolean isOurs() {
        return name().equals("Stepzero");
    }

    /** The name as it stands before its rules: without an edition, so that findings stay the same when that changes. */
    String prefix() {
        var name = EDITION.matcher(name().toLowerCase(Locale.ROOT)).replaceFirst("");
        var slug = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "sarif" : slug;
    }

    /** The rules' ids. */
    Iterable<String> rules() {
        return byId.keySet();
    }

    /** The id of the rule that a result is of; a part that a tool appends to the id is left (section 3.27.5). */
    String ruleId(JsonNode result) {
        var said = result.path("ruleId").asString(result.path("rule").path("id").asString(""));
        var id = said.isBlank() ? rule(result).path("id").asString("") : said;
        return id.isBlank() ? "unnamed" : Texts.cut(Texts.line(id), LONGEST_RULE);
    }

    /** The rule of a result, which may be the tool's own or one of an extension; missing if it is not described. */
    JsonNode rule(JsonNode result) {
        var reference = result.path("rule");
        var id = result.path("ruleId").asString(reference.path("id").asString(""));
        int index = result.path("ruleIndex").asInt(reference.path("index").asInt(-1));
        var component = component(reference.path("toolComponent")).orElse(driver());
        var indexed =
                index < 0 ? MissingNode.getInstance() : component.path("rules").path(index);
        // An index that leads elsewhere than the id is a mistake of the tool's: the id is what people know.
        return fits(indexed, id) ? indexed : named(id);
    }

    private static boolean fits(JsonNode rule, String id) {
        var own = rule.path("id").asString("");
        return rule.isObject() && (id.isEmpty() || own.isEmpty() || id.equals(own) || id.startsWith(own + "/"));
    }

    private JsonNode named(String id) {
        var name = id;
        while (!byId.containsKey(name) && name.lastIndexOf('/') > 0) {
            name = name.substring(0, name.lastIndexOf('/'));
        }
        var rule = byId.get(name);
        return rule == null ? MissingNode.getInstance() : rule;
    }

    /** The extension that is referred to by index, by GUID or by name (section 3.54). */
    private Optional<JsonNode> component(JsonNode reference) {
        var extensions = run.path("tool").path("extensions");
        int index = reference.path("index").asInt(-1);
        if (index >= 0) {
            return Optional.of(extensions.path(index));
        }
        return extensions
                .valueStream()
                .filter(each -> same(each, reference, "guid") || same(each, reference, "name"))
                .findFirst();
    }

    private static boolean same(JsonNode one, JsonNode other, String property) {
        var text = other.path(property).asString("");
        return !text.isEmpty() && text.equals(one.path(property).asString(""));
    }

    /** The taxonomy that is referred to; missing if it is not there. */
    JsonNode taxonomy(JsonNode reference) {
        var taxonomies = run.path("taxonomies");
        int index = reference.path("index").asInt(-1);
        return index >= 0
                ? taxonomies.path(index)
                : taxonomies
                        .valueStream()
                        .filter(each -> same(each, reference, "guid") || same(each, reference, "name"))
                        .findFirst()
                        .orElse(MissingNode.getInstance());
    }

    /** How the rule was configured for this run, where that differs from its default (section 3.20.5). */
    JsonNode override(JsonNode rule) {
        for (var invocation : run.path("invocations")) {
            for (var each : invocation.path("ruleConfigurationOverrides")) {
                var descriptor = each.path("descriptor");
                int index = descriptor.path("index").asInt(-1);
                var meant = index < 0 ? descriptor : driver().path("rules").path(index);
                if (same(meant, rule, "id")) {
                    return each.path("configuration");
                }
            }
        }
        return MissingNode.getInstance();
    }

    JsonNode artifact(int index) {
        return run.path("artifacts").path(index);
    }

    JsonNode base(String id) {
        return run.path("originalUriBaseIds").path(id);
    }

    Iterable<JsonNode> bases() {
        return run.path("originalUriBaseIds");
    }

    JsonNode step(int index) {
        return run.path("threadFlowLocations").path(index);
    }

    /** Why silence is not to be taken for safety here; empty if the tool came to its end and all it found is here. */
    Optional<String> gap() {
        if (run.path("externalPropertyFileReferences").path("results").size() > 0) {
            return Optional.of("%s wrote results into other files, which are not read".formatted(tool()));
        }
        for (var each : run.path("invocations")) {
            if (!each.path("executionSuccessful").asBoolean(true)) {
                var code = each.path("exitCode");
                var why =
                        each.path("exitCodeDescription").asString(code.isNumber() ? "exit code " + code.asInt(0) : "");
                return Optional.of("%s says that it did not come to its end%s"
                        .formatted(tool(), why.isBlank() ? "" : ": " + Texts.cut(Texts.line(why), 200)));
            }
        }
        return Optional.empty();
    }
}
