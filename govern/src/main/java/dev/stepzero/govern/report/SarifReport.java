package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Undecided;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0 as code-scanning pages read it: paths are relative to {@code %SRCROOT%}, the repository's root, and every
 * result has a place; fingerprints do not move with lines.
 */
final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";
    private static final int LONGEST_TEXT = 10_000;

    private final JsonWriter json;
    private final ScanResult result;
    private final SarifRules rules;
    private final boolean knowsBaseline;
    private final boolean knowsWaivers;
    private final Map<String, Integer> fingerprints = new HashMap<>();

    SarifReport(Writer out, ScanResult result) {
        json = new JsonWriter(out);
        this.result = result;
        rules = new SarifRules(result);
        knowsBaseline = result.count(Status.BASELINE) > 0;
        knowsWaivers = result.count(Status.WAIVED) > 0;
    }

    void write() throws IOException {
        json.object();
        json.field("$schema", SCHEMA).field("version", "2.1.0");
        json.name("runs").array().object();
        json.name("tool").object().name("driver").object();
        json.field("name", "Stepzero").field("informationUri", "https://stepzero.dev");
        rules.write(json);
        json.endObject().endObject();
        json.name("originalUriBaseIds").object().name(ROOT).object();
        message("description", "The root of the repository.");
        json.endObject().endObject();
        invocation();
        json.field("columnKind", "utf16CodeUnits");
        json.name("results").array();
        for (var each : result.findings()) {
            result(each);
        }
        json.endArray();
        properties();
        json.endObject().endArray().endObject();
        json.end();
    }

    private void invocation() throws IOException {
        json.name("invocations").array().object().field("executionSuccessful", true);
        json.name("toolExecutionNotifications").array();
        for (var each : result.undecided()) {
            undecided(each);
        }
        json.endArray().endObject().endArray();
    }

    private void undecided(Undecided undecided) throws IOException {
        json.object();
        json.field("level", "note");
        message(
                "message",
                "Undecided: %s (%s). Needed: %s"
                        .formatted(undecided.title(), undecided.rule(), String.join("; ", undecided.because())));
        json.name("locations").array();
        location(undecided.location(), 0);
        json.endArray().endObject();
    }

    private void result(Judged judged) throws IOException {
        var finding = judged.finding();
        json.object();
        json.field("ruleId", finding.rule()).field("ruleIndex", rules.index(finding));
        json.field("level", SarifRules.level(finding.severity()));
        message("message", text(finding));
        json.name("locations").array();
        location(finding.location(), 0);
        json.endArray();
        if (isWay(finding)) {
            way(finding.related());
        } else {
            related(finding.related());
        }
        fingerprints(finding);
        if (knowsBaseline) {
            json.field("baselineState", judged.status() == Status.BASELINE ? "unchanged" : "new");
        }
        if (knowsWaivers) {
            suppression(judged);
        }
        json.name("properties").flat().object();
        json.field("severity", Words.of(finding.severity()))
                .field("status", judged.status().label());
        PriorityFields.write(finding.priority(), json);
        json.endObject().endObject();
    }

    private static String text(Finding finding) {
        var place = finding.location().file().isPresent()
                ? ""
                : " It was found at %s, which no file of the repository holds."
                        .formatted(finding.location().resource());
        return sentence(finding.message()) + place + " To mend it: " + finding.fix();
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private void related(List<Location> related) throws IOException {
        if (related.isEmpty()) {
            return;
        }
        json.name("relatedLocations").array();
        var id = 0;
        for (var each : related) {
            location(each, ++id);
        }
        json.endArray();
    }

    /** Whether the related places lead to the finding's own. */
    private static boolean isWay(Finding finding) {
        var places = finding.related();
        return places.size() > 1
                && finding.location().line().isPresent()
                && places.getLast().file().equals(finding.location().file())
                && places.getLast().startLine() == finding.location().startLine();
    }

    /** One thread runs along all places, in their order (section 3.36). */
    private void way(List<Location> places) throws IOException {
        json.name("codeFlows").array().object();
        json.name("threadFlows").array().object();
        json.name("locations").array();
        var id = 0;
        for (var each : places) {
            json.object().name("location");
            location(each, ++id);
            json.endObject();
        }
        json.endArray().endObject().endArray().endObject().endArray();
    }

    private void location(Location location, int id) throws IOException {
        json.object();
        if (id > 0) {
            json.field("id", id);
            message("message", location.resource());
        }
        json.name("physicalLocation").object();
        json.name("artifactLocation").flat().object();
        json.field(
                "uri",
                SarifUri.of(
                        location.file().isPresent() ? result.prefix() : "",
                        location.file().orElse("")));
        json.field("uriBaseId", ROOT).endObject();
        json.name("region").flat().object();
        var line = Math.max(1, location.startLine());
        json.field("startLine", line).field("endLine", Math.max(line, location.endLine()));
        json.endObject().endObject();
        json.name("logicalLocations").array().flat().object();
        json.field("fullyQualifiedName", cut(location.resource())).field("kind", "resource");
        json.endObject().endArray().endObject();
    }

    /** The second is what GitHub tells alerts apart by; left to itself, it would count lines. */
    private void fingerprints(Finding finding) throws IOException {
        var occurrence = fingerprints.merge(finding.fingerprint(), 1, Integer::sum);
        json.name("partialFingerprints").object();
        json.field("stepzero/v1", finding.fingerprint());
        json.field("primaryLocationLineHash", finding.fingerprint() + ":" + occurrence);
        json.endObject();
    }

    /** An empty list says that the result is certainly not suppressed (section 3.27.23). */
    private void suppression(Judged judged) throws IOException {
        json.name("suppressions").array();
        if (judged.accepted().isPresent()) {
            var waiver = judged.accepted().get();
            json.flat().object();
            json.field("kind", "external").field("status", "accepted");
            json.field(
                    "justification",
                    "%s (%s, until %s)".formatted(cut(waiver.reason()), waiver.owner(), waiver.until()));
            json.endObject();
        } else if (judged.status() == Status.WAIVED) {
            json.flat().object().field("kind", "inSource").endObject();
        }
        json.endArray();
    }

    private void properties() throws IOException {
        var coverage = result.coverage();
        json.name("properties").object();
        json.field("files", coverage.files()).field("parsed", coverage.parsed());
        json.field("resources", coverage.resources());
        json.name("skipped").array();
        for (var each : coverage.skipped()) {
            json.flat()
                    .object()
                    .field("path", each.path())
                    .field("reason", each.reason())
                    .endObject();
        }
        json.endArray();
        if (!coverage.notes().isEmpty()) {
            json.name("notes").array();
            for (var note : coverage.notes()) {
                json.value(note);
            }
            json.endArray();
        }
        json.endObject();
    }

    private void message(String name, String text) throws IOException {
        json.name(name).flat().object().field("text", unlinked(cut(text))).endObject();
    }

    private static String cut(String text) {
        return Words.cut(text, LONGEST_TEXT);
    }

    /** Keeps a text from being read as a link (section 3.11.6). */
    static String unlinked(String text) {
        return text.contains("](")
                ? text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
                : text;
    }
}
