package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.access.Access;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Ends the session that the request belongs to. */
@Controller
class SignOut {
    private final Access access;
    private final Sessions sessions;
    private final SessionCookie cookie;

    SignOut(Access access, Sessions sessions, SessionCookie cookie) {
        this.access = access;
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @PostMapping("/sign-out")
    ResponseEntity<Void> signOut(HttpServletResponse response) {
        access.principal()
                .ifPresent(
                        principal -> principal.session().ifPresent(session -> sessions.end(principal.id(), session)));
        cookie.clear(response);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", "/sign-in")
                .header("Clear-Site-Data", "\"cache\", \"storage\"")
                .build();
    }
}
