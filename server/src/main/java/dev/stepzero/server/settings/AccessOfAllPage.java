package dev.stepzero.server.settings;

import dev.stepzero.guard.identity.ApiToken;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Session;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Where everybody is signed in and the tokens of all programs; administrators end and revoke them. */
@Controller
class AccessOfAllPage {
    private static final int ROWS = 50;

    private final Access access;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    AccessOfAllPage(Access access, Sessions sessions, ApiTokens tokens, People people, Audit audit, Clock clock) {
        this.access = access;
        this.sessions = sessions;
        this.tokens = tokens;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/settings/sessions")
    Page sessions(@RequestParam Optional<Long> before) {
        var page = sessions.page(before, ROWS + 1);
        return page("settings/sessions", "Sessions of everybody", page.size() > ROWS, before)
                .with("sessions", cut(page))
                .with("names", names(page.stream().map(Session::person)))
                .with("current", access.principal().orElseThrow().session().orElse(0L))
                .with("mayEnd", may("/settings/sessions/1/end"));
    }

    @PostMapping("/settings/sessions/{session}/end")
    Object end(@PathVariable long session, HttpServletRequest request) {
        var owner = sessions.owner(session).orElseThrow(AccessOfAllPage::nothing);
        sessions.end(owner, session);
        var name = people.find(owner).map(Person::name).orElse("nobody");
        record("session.end", "%s: session %d".formatted(name, session), request);
        return Entrance.redirect("/settings/sessions");
    }

    @GetMapping("/settings/tokens")
    Page tokens(@RequestParam Optional<Long> before) {
        var page = tokens.page(before, ROWS + 1);
        return page("settings/tokens", "API tokens of everybody", page.size() > ROWS, before)
                .with("tokens", cut(page))
                .with("names", names(page.stream().map(ApiToken::person).flatMap(Optional::stream)))
                .with("mayRevoke", may("/settings/tokens/1/revoke"));
    }

    @PostMapping("/settings/tokens/{token}/revoke")
    Object revoke(@PathVariable long token, HttpServletRequest request) {
        var name = tokens.revoke(token).orElseThrow(AccessOfAllPage::nothing);
        record("token.revoke", "%s: token %d".formatted(name, token), request);
        return Entrance.redirect("/settings/tokens");
    }

    private Page page(String template, String title, boolean hasMore, Optional<Long> before) {
        return Page.of(template, title)
                .with("now", clock.instant())
                .with("isFirst", before.isEmpty())
                .with("hasMore", hasMore);
    }

    private static <T> List<T> cut(List<T> page) {
        return page.subList(0, Math.min(ROWS, page.size()));
    }

    private Map<Long, Person> names(Stream<Long> ids) {
        var named = new HashMap<Long, Person>();
        ids.distinct().forEach(id -> people.find(id).ifPresent(person -> named.put(id, person)));
        return named;
    }

    private boolean may(String path) {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, path))
                .isPresent();
    }

    private void record(String action, String on, HttpServletRequest request) {
        audit.record(Audit.Entry.done(action, access.principal().orElseThrow().name(), on, Client.of(request)));
    }

    private static ResponseStatusException nothing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
