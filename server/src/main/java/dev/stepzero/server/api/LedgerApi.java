package dev.stepzero.server.api;

import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.access.Sight;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.ledger.LedgerCopy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger: who did what when, and the proof of it. */
@Controller
class LedgerApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final Access access;
    private final InstalledLedger installed;
    private final LedgerCopy copy;

    LedgerApi(Access access, InstalledLedger installed, LedgerCopy copy) {
        this.access = access;
        this.installed = installed;
        this.copy = copy;
    }

    /** Which entries; everything that is said must hold. */
    record EntriesQuery(
            @Says("Who did it.") Optional<String> principal,
            @Says("What was done, such as `gate.judge`.") Optional<String> action,
            @Says("On what kind of thing.") Optional<String> type,
            @Says("On which one.") Optional<String> object,
            Optional<String> project,
            Optional<String> environment,
            Optional<Outcome> outcome,
            @Says("From this time on.") Optional<Instant> from,
            @Says("Before this time.") Optional<Instant> until,

            @Says(value = "How many, at most.", least = 1, most = 999, byDefault = "50")
            Optional<Integer> limit,

            @Says(value = "What the page before answered as `next`.", longest = 300)
            Optional<String> after) {
        LedgerQuery query(Sight sight) {
            var before = Paged.number(after);
            return new LedgerQuery(
                    principal,
                    action,
                    type,
                    object,
                    sight.narrowed(project.orElse("")),
                    environment,
                    outcome,
                    from,
                    until,
                    before.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    Paged.size(limit) + 1);
        }
    }

    /** Where a copy begins. */
    record ExportQuery(@Says("The first entry.") Optional<Long> from) {}

    /** An entry. */
    record EntryRecord(
            @Says("From 0, without a gap.") long number,

            @Says("When it was done, by the clock of whoever did it.")
            Instant at,

            @Says("When it got its number.") Instant recorded,
            String principal,
            Optional<String> session,
            Optional<String> address,
            String action,
            String type,
            String object,
            Optional<String> project,
            Optional<String> environment,
            Outcome outcome,
            Optional<String> reason,
            JsonNode details,

            @Says("The canonical JSON that the tree is made of.")
            String leaf,

            @Says("Its hash in the tree (RFC 9162), in base64.")
            String leafHash) {
        static EntryRecord of(Leaf leaf) {
            var entry = leaf.entry();
            return new EntryRecord(
                    leaf.number(),
                    entry.at(),
                    leaf.recorded(),
                    entry.who().principal(),
                    said(entry.who().session()),
                    said(entry.who().address()),
                    entry.action(),
                    entry.what().type(),
                    entry.what().id(),
                    said(entry.what().project()),
                    said(entry.what().environment()),
                    entry.outcome(),
                    said(entry.reason()),
                    JSON.readTree(entry.details().json()),
                    leaf.json(),
                    leaf.hash().toString());
        }

        private static Optional<String> said(String text) {
            return Optional.of(text).filter(some -> !some.isEmpty());
        }
    }

    /** That a checkpoint covers an entry. */
    record InclusionProof(
            @Says("How many entries the checkpoint covers.") long size,

            @Says("The hashes of RFC 9162, section 2.1.3, in base64.")
            List<String> hashes,

            @Says("The signed note.") String checkpoint) {}

    /** An entry, proven to be there. */
    record ProvenEntry(
            EntryRecord entry,
            @Says("Missing until a checkpoint covers it.") Optional<InclusionProof> proof) {}

    @GetMapping("/api/v1/ledger/entries")
    @Operation("Who did what when, the newest first.")
    Answer<Paged<EntryRecord>> search(@Filters EntriesQuery query, HttpServletRequest request) {
        var asked = query.query(access.sight(request));
        var rows = installed.ledger().reader().search(asked);
        return Answer.of(Paged.of(rows, asked.limit() - 1, EntryRecord::of, each -> Long.toString(each.number())));
    }

    @GetMapping("/api/v1/ledger/entries/{number}")
    @Operation("An entry, with the proof that the newest checkpoint covers it.")
    Answer<ProvenEntry> show(@PathVariable long number, HttpServletRequest request) {
        var reader = installed.ledger().reader();
        var sight = access.sight(request);
        var leaf = reader.find(number)
                .filter(found -> sight.sees(found.entry().what().project()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var proof = reader.checkpoint()
                .filter(newest -> newest.checkpoint().size() > number)
                .map(newest -> new InclusionProof(
                        newest.checkpoint().size(),
                        reader.inclusion(number, newest.checkpoint().size()).stream()
                                .map(Hash::toString)
                                .toList(),
                        newest.note()));
        return Answer.of(new ProvenEntry(EntryRecord.of(leaf), proof));
    }

    @GetMapping("/api/v1/ledger/checkpoint")
    @Operation(
            value = "The newest checkpoint: a signed note (c2sp.org/tlog-checkpoint).",
            media = "text/plain;charset=UTF-8")
    Answer<byte[]> checkpoint() {
        return installed
                .ledger()
                .reader()
                .checkpoint()
                .map(newest -> Answer.of(newest.note().getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/api/v1/ledger/export")
    @Operation(
            value = "Copies the ledger out, an object a line, with all that `stepzero audit verify` needs but the trust"
                    + " in the keys. The copy is an entry itself.",
            media = "application/jsonl")
    void export(@Filters ExportQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        copy.write(query.from().orElse(0L), access.actor(request), response);
    }
}
