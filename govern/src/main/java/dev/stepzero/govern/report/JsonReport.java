package dev.stepzero.govern.report;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.Undecided;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The report that scripts rely on: what is here keeps its name and meaning. */
final class JsonReport {
    private final JsonWriter json;

    JsonReport(Writer out) {
        this(new JsonWriter(out));
    }

    private JsonReport(JsonWriter json) {
        this.json = json;
    }

    void write(ScanResult result) throws IOException {
        json.object();
        json.field("subject", result.subject());
        summary(result);
        json.name("findings").array();
        json.elements(result.findings(), (out, each) -> new JsonReport(out).finding(each));
        json.endArray();
        json.name("undecided").array();
        json.elements(result.undecided(), (out, each) -> new JsonReport(out).undecided(each));
        json.endArray();
        coverage(result.coverage());
        json.field("decision", Words.of(result.decision()));
        json.name("reasons").array();
        for (var reason : result.reasons()) {
            json.value(reason);
        }
        json.endArray();
        json.endObject();
        json.end();
    }

    private void summary(ScanResult result) throws IOException {
        json.name("summary").flat().object();
        for (var severity : List.of(Severity.values()).reversed()) {
            json.field(Words.of(severity), result.open(severity));
        }
        json.field("undecided", result.undecided().size())
                .field("waived", result.count(Status.WAIVED))
                .field("baseline", result.count(Status.BASELINE))
                .field("files", result.coverage().files())
                .field("resources", result.coverage().resources())
                .field("milliseconds", result.milliseconds())
                .endObject();
    }

    private void finding(Judged judged) throws IOException {
        var finding = judged.finding();
        json.object();
        json.field("rule", finding.rule());
        json.field("aliases", finding.aliases());
        json.field("title", finding.title());
        json.field("severity", Words.of(finding.severity()));
        place(finding.location());
        json.field("message", finding.message());
        json.field("fix", finding.fix());
        json.field("controls", finding.controls());
        weaknesses(finding);
        json.field(
                "stride", finding.stride().stream().sorted().map(Stride::label).toList());
        json.name("related").array();
        for (var each : finding.related()) {
            json.flat().object();
            place(each);
            json.endObject();
        }
        json.endArray();
        PriorityFields.write(finding.priority(), json);
        json.field("fingerprint", finding.fingerprint());
        json.field("status", judged.status().label());
        if (judged.accepted().isPresent()) {
            var waiver = judged.accepted().get();
            json.name("waiver").flat().object();
            json.field("owner", waiver.owner()).field("reason", waiver.reason());
            json.field("until", waiver.until().toString()).endObject();
        }
        json.endObject();
    }

    private void weaknesses(Finding finding) throws IOException {
        json.name("cwe").flat().array();
        for (var number : finding.cwe()) {
            json.value(number);
        }
        json.endArray();
    }

    private void undecided(Undecided undecided) throws IOException {
        json.object();
        json.field("rule", undecided.rule());
        json.field("title", undecided.title());
        json.field("severity", Words.of(undecided.severity()));
        place(undecided.location());
        json.name("because").array();
        for (var chain : undecided.because()) {
            json.value(chain);
        }
        json.endArray();
        json.endObject();
    }

    private void place(Location location) throws IOException {
        json.field("resource", location.resource());
        if (location.file().isPresent()) {
            json.field("file", location.file().get());
        } else {
            json.name("file").nothing();
        }
        if (location.line().isPresent()) {
            json.field("line", location.startLine());
            json.field("endLine", Math.max(location.startLine(), location.endLine()));
        } else {
            json.name("line").nothing();
            json.name("endLine").nothing();
        }
    }

    private void coverage(Coverage coverage) throws IOException {
        json.name("coverage").object();
        json.field("files", coverage.files());
        json.field("parsed", coverage.parsed());
        json.field("resources", coverage.resources());
        json.name("skipped").array();
        for (var each : coverage.skipped()) {
            json.flat().object();
            json.field("path", each.path()).field("reason", each.reason()).endObject();
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
}
