package dev.stepzero.server.account;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Where people see where they are signed in, and end it. */
@Controller
class SessionsPage {
    private final Access access;
    private final Sessions sessions;
    private final Audit audit;

    SessionsPage(Access access, Sessions sessions, Audit audit) {
        this.access = access;
        this.sessions = sessions;
        this.audit = audit;
    }

    @GetMapping("/account/sessions")
    Page show() {
        var principal = access.principal().orElseThrow();
        return Page.of("account/sessions", "Sessions")
                .with("sessions", sessions.of(principal.id()))
                .with("current", principal.session().orElseThrow());
    }

    @PostMapping("/account/sessions/{session}/end")
    Object end(@PathVariable long session, HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        if (!sessions.end(principal.id(), session)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        audit.record(Audit.Entry.done("session.end", principal.name(), "session " + session, Client.of(request)));
        return Entrance.redirect("/account/sessions");
    }
}
