package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Call;
import dev.stepzero.invoicer.http.Caller;
import dev.stepzero.invoicer.http.Refusal;
import dev.stepzero.invoicer.http.Routes;
import java.util.Optional;

/** Lets in who has the password or a session, and refuses what another site made a browser send. */
final class Gate implements Routes.Guard {
    private static final String REALM = " realm=\"invoicer\", charset=\"UTF-8\"";

    private final Optional<AdminPassword> password;
    private final boolean signIn;
    private final Sessions sessions;
    private final Throttle throttle;

    /** @param signIn whether people can sign in through an issuer */
    Gate(Optional<AdminPassword> password, boolean signIn, Sessions sessions, Throttle throttle) {
        this.password = password;
        this.signIn = signIn;
        this.sessions = sessions;
        this.throttle = throttle;
    }

    @Override
    public Caller admit(Call call) {
        var authorization = call.header("authorization");
        return authorization.isPresent() ? admin(call, authorization.get()) : person(call);
    }

    private Caller admin(Call call, String authorization) {
        if (throttle.blocks(call.source())) {
            throw new Refusal(Answer.error(429, "too many failed attempts: wait a minute")
                    .with("Retry-After", String.valueOf(Throttle.WINDOW.toSeconds())));
        }
        if (password.isEmpty() || !password.get().matches(authorization)) {
            throttle.failed(call.source());
            throw stranger(call);
        }
        throttle.succeeded(call.source());
        // A browser sends a password it remembers along with whatever any site asks it to send.
        if (call.changes() && Origin.foreign(call)) {
            throw new Refusal(403, "a request from another site");
        }
        return new Caller.Admin(AdminPassword.NAME);
    }

    private Caller person(Call call) {
        var person = Cookie.SESSION.from(call).flatMap(sessions::find).orElseThrow(() -> stranger(call));
        if (call.changes()
                && !Token.same(person.csrfToken(), call.header("x-csrf-token").orElse(""))) {
            throw new Refusal(406, "Invalid CSRF Token");
        }
        return person;
    }

    /** A browser on its way to the page is sent to sign in; everybody else gets to know how to authenticate. */
    private Refusal stranger(Call call) {
        var navigating =
                call.path().equals("/") && call.header("accept").orElse("").contains("text/html");
        if (signIn && navigating && call.header("authorization").isEmpty()) {
            return new Refusal(Answer.seeOther(SignIn.PATH));
        }
        var scheme = password.isPresent() ? "Basic" : "OpenIDConnect";
        return new Refusal(Answer.error(401, "401 not authenticated").with("WWW-Authenticate", scheme + REALM));
    }
}
