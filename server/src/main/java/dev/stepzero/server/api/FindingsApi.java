package dev.stepzero.server.api;

import dev.stepzero.core.Severity;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.WaiversApi.WaiverRecord;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.ship.findings.Excerpt;
import dev.stepzero.ship.findings.Excerpts;
import dev.stepzero.ship.findings.FindingFilter;
import dev.stepzero.ship.findings.FindingState;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.findings.KnownFinding;
import dev.stepzero.ship.findings.Sighting;
import dev.stepzero.ship.findings.Sightings;
import dev.stepzero.ship.waivers.WaiverBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** What runs found. */
@Controller
class FindingsApi {
    private static final int SIGHTINGS = 20;

    private final Access access;
    private final Findings findings;
    private final Sightings sightings;
    private final Excerpts excerpts;
    private final WaiverBook waivers;

    FindingsApi(Access access, Findings findings, Sightings sightings, Excerpts excerpts, WaiverBook waivers) {
        this.access = access;
        this.findings = findings;
        this.sightings = sightings;
        this.excerpts = excerpts;
        this.waivers = waivers;
    }

    /** Which findings. */
    record FindingsQuery(
            @Says("One project; without it all, or the first of those where the caller has roles in some only.")
            Optional<String> project,

            Optional<String> environment,
            Optional<Severity> severity,
            Optional<FindingState> state,
            @Says("A rule's id.") Optional<String> rule,

            @Says("A file's path, or the beginning of one before a `*`.")
            Optional<String> file,

            @Says("Words, or beginnings of words, that all occur.")
            Optional<String> text,

            @Says("Those that are gone, instead of those that are there.")
            Optional<Boolean> gone,

            @Says(value = "The worst first, or the newest.", byDefault = "worst")
            Optional<Findings.Order> order,

            @Says(value = "How many, at most.", least = 1, most = Paged.MOST, byDefault = "50")
            Optional<Integer> limit,

            @Says(value = "What the page before answered as `next`.", longest = 300)
            Optional<String> after) {}

    /** Which findings are counted. */
    record CountsQuery(
            @Says("One project; without it all, or the first of those where the caller has roles in some only.")
            Optional<String> project,

            Optional<String> environment,
            Optional<Severity> severity,
            Optional<FindingState> state,
            @Says("A rule's id.") Optional<String> rule,

            @Says("A file's path, or the beginning of one before a `*`.")
            Optional<String> file,

            @Says("Words, or beginnings of words, that all occur.")
            Optional<String> text,

            @Says("Those that are gone, instead of those that are there.")
            Optional<Boolean> gone) {}

    /** How many findings there are. */
    record FindingCounts(
            Map<String, Long> bySeverity,

            @Says("Whether there are more: counting ends at 10,000.")
            boolean more) {}

    /** A finding over time. */
    record FindingRecord(
            long id,
            String project,
            Optional<String> environment,
            @Says("The step that found it.") String scanner,
            String rule,
            Severity severity,
            FindingState state,
            String title,
            String message,
            String fix,
            String resource,
            Optional<String> file,
            @Says("The first line, from 1.") Optional<Integer> line,
            Optional<Integer> endLine,
            String fingerprint,
            @Says("The run that saw it first.") long firstRun,
            Instant firstSeen,
            long lastRun,
            Instant lastSeen,
            @Says("When it was gone.") Optional<Instant> resolvedAt) {
        static FindingRecord of(KnownFinding each) {
            var line = each.location().line();
            return new FindingRecord(
                    each.id(),
                    each.project(),
                    Optional.of(each.environment()).filter(name -> !name.isEmpty()),
                    each.scanner(),
                    each.rule(),
                    each.severity(),
                    each.state(),
                    each.title(),
                    each.message(),
                    each.fix(),
                    each.location().resource(),
                    each.location().file(),
                    line.isPresent() ? Optional.of(line.getAsInt()) : Optional.empty(),
                    line.isPresent() ? Optional.of(each.location().endLine()) : Optional.empty(),
                    each.fingerprint(),
                    each.firstRun(),
                    each.firstSeen(),
                    each.lastRun(),
                    each.lastSeen(),
                    each.resolvedAt());
        }
    }

    /** A finding with its code, the runs that saw it, and what was asked for it. */
    record FindingDetails(
            FindingRecord finding,
            @Says("The code around it, where it is known.") List<Excerpt.Line> code,
            @Says("The latest runs that saw it.") List<Sighting> sightings,
            List<WaiverRecord> waivers) {}

    @GetMapping("/api/v1/findings")
    @Operation("What runs found and is there, or is gone.")
    Answer<Paged<FindingRecord>> list(@Filters FindingsQuery query) {
        if (!query.after().map(text -> text.matches("[0-3]-[0-9]{1,18}")).orElse(true)) {
            throw Paged.broken();
        }
        var filter = filter(new CountsQuery(
                query.project(),
                query.environment(),
                query.severity(),
                query.state(),
                query.rule(),
                query.file(),
                query.text(),
                query.gone()));
        var page = findings.page(
                filter, query.order().orElse(Findings.Order.WORST), query.after(), Paged.size(query.limit()));
        return Answer.of(
                new Paged<>(page.findings().stream().map(FindingRecord::of).toList(), page.next()));
    }

    @GetMapping("/api/v1/findings/counts")
    @Operation("How many findings there are, by severity.")
    Answer<FindingCounts> counts(@Filters CountsQuery query) {
        var counts = findings.counts(filter(query));
        var bySeverity = new TreeMap<String, Long>();
        for (var severity : Severity.values()) {
            bySeverity.put(severity.label(), counts.bySeverity().getOrDefault(severity, 0L));
        }
        return Answer.of(new FindingCounts(bySeverity, counts.more()));
    }

    private FindingFilter filter(CountsQuery query) {
        return new FindingFilter(
                access.sight().narrowed(query.project().orElse("")),
                query.environment(),
                query.severity(),
                query.rule(),
                query.state(),
                query.file(),
                query.text(),
                query.gone().orElse(false));
    }

    @GetMapping("/api/v1/findings/{finding}")
    @Operation("A finding with its code, the runs that saw it, and what was asked for it.")
    Answer<FindingDetails> show(@PathVariable long finding) {
        var found = findings.find(finding)
                .filter(each -> access.sight().sees(each.project()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return Answer.of(new FindingDetails(
                FindingRecord.of(found),
                excerpts.of(found).map(Excerpt::lines).orElseGet(List::of),
                sightings.of(found, SIGHTINGS),
                waivers.of(finding).stream().map(WaiverRecord::of).toList()));
    }
}
