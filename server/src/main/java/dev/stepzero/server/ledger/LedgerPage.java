package dev.stepzero.server.ledger;

import dev.stepzero.guard.ledger.Actions;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.access.Sight;
import dev.stepzero.server.page.Choices;
import dev.stepzero.server.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Who did what when. Whose role holds in some projects only sees their entries, one project at a time, and nothing of the
 * server itself.
 */
@Controller
class LedgerPage {
    private static final int ROWS = 50;

    private final Choices choices;
    private final Access access;
    private final InstalledLedger ledger;
    private final Actions actions = Actions.onClassPath();
    private final LedgerCopy copy;
    private final Clock clock;

    LedgerPage(Choices choices, Access access, InstalledLedger ledger, LedgerCopy copy, Clock clock) {
        this.choices = choices;
        this.access = access;
        this.ledger = ledger;
        this.copy = copy;
        this.clock = clock;
    }

    /** The filters of the list; those that the address lacks are empty. */
    record Filters(
            @Nullable String who,
            @Nullable String action,
            @Nullable String type,
            @Nullable String object,
            @Nullable String environment,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String until) {
        AskedEntries asked() {
            return new AskedEntries(
                    text(who),
                    text(action),
                    text(type),
                    text(object),
                    text(environment),
                    text(outcome),
                    text(from),
                    text(until));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    @GetMapping("/ledger")
    Page search(
            @RequestParam(defaultValue = "") String project,
            @ModelAttribute Filters filters,
            @RequestParam Optional<Long> before,
            HttpServletRequest request) {
        var sight = access.sight(request);
        var chosen = sight.narrowed(project);
        var reader = ledger.ledger().reader();
        var asked = filters.asked();
        var page = reader.search(asked.query(chosen, before, ROWS + 1));
        var hasMore = page.size() > ROWS;
        return Page.of("ledger/ledger", "Ledger")
                .with("now", clock.instant())
                .with("projects", choices.projects(sight))
                .with("all", sight.everything())
                .with("actions", actions.meanings())
                .with("query", asked.address(chosen))
                .with("isFirst", before.isEmpty())
                .with("hasMore", hasMore)
                .with("entries", hasMore ? page.subList(0, ROWS) : page)
                .with("size", reader.size())
                .with("checkpoint", reader.checkpoint())
                .with("mayExport", mayExport());
    }

    @GetMapping("/ledger/{number}")
    Page show(@PathVariable long number, HttpServletRequest request) {
        var leaf = find(number, access.sight(request));
        return Page.of("ledger/entry", "Entry " + number)
                .with("now", clock.instant())
                .with("leaf", leaf)
                .with("meaning", actions.meanings().getOrDefault(leaf.entry().action(), ""))
                .with("proven", Proven.of(leaf, ledger.ledger().reader()))
                .with("mayExport", mayExport());
    }

    /** The entry with its proof, for others to check. */
    @GetMapping("/ledger/{number}/proof")
    ResponseEntity<String> proof(@PathVariable long number, HttpServletRequest request) {
        var proven =
                Proven.of(find(number, access.sight(request)), ledger.ledger().reader());
        return proven.map(each -> file("entry-%d-proof.txt".formatted(number), each.text()))
                .orElseThrow(LedgerPage::nothing);
    }

    /** The newest checkpoint, to keep elsewhere: it tells nothing but the ledger's size and root. */
    @GetMapping("/ledger/checkpoint")
    ResponseEntity<String> checkpoint() {
        return ledger.ledger()
                .reader()
                .checkpoint()
                .map(newest ->
                        file("checkpoint-%d.txt".formatted(newest.checkpoint().size()), newest.note()))
                .orElseThrow(LedgerPage::nothing);
    }

    @PostMapping("/ledger/export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        copy.write(0, access.actor(request), response);
    }

    private Leaf find(long number, Sight sight) {
        return ledger.ledger()
                .reader()
                .find(number)
                .filter(leaf -> sight.sees(leaf.entry().what().project()))
                .orElseThrow(LedgerPage::nothing);
    }

    private boolean mayExport() {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, "/ledger/export"))
                .isPresent();
    }

    private static ResponseStatusException nothing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private static ResponseEntity<String> file(String name, String text) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .body(text);
    }
}
