package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.access.Issuer.NoSignIn;
import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Call;
import dev.stepzero.invoicer.http.Caller;
import dev.stepzero.invoicer.http.Refusal;
import dev.stepzero.invoicer.http.Route;
import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.settings.OidcSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** The way in and out for people: to the issuer, back with a code, and the end of a session. */
final class SignIn {
    static final String PATH = "/authenticate";
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(10);

    private final OidcSettings settings;
    private final Issuer issuer;
    private final Sessions sessions;
    private final SecureRandom random;
    private final AppLog log;

    SignIn(OidcSettings settings, Sessions sessions, SecureRandom random, AppLog log) {
        this.settings = settings;
        this.issuer = new Issuer(settings);
        this.sessions = sessions;
        this.random = random;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                Route.open("GET", PATH, this::begin),
                Route.open("GET", OidcSettings.CALLBACK, this::end),
                Route.closed("POST", "/sign-out", this::signOut));
    }

    private Answer begin(Call call) {
        var attempt = Attempt.begin(random);
        try {
            var answer = Answer.seeOther(issuer.signInPage(attempt).toString());
            return Cookie.SIGN_IN.set(call, answer, attempt.secret(), LONGEST_ATTEMPT);
        } catch (NoSignIn e) {
            note(call, "sign-in-failed", String.valueOf(e.getMessage()));
            throw new Refusal(502, "signing in does not work at the moment");
        }
    }

    private Answer end(Call call) {
        var attempt = Cookie.SIGN_IN.from(call).map(Attempt::new).orElseThrow(SignIn::forged);
        if (!Token.same(attempt.state(), call.query().getOrDefault("state", ""))) {
            throw forged();
        }
        return Cookie.SIGN_IN.clear(call, outcome(call, attempt));
    }

    private Answer outcome(Call call, Attempt attempt) {
        var code = call.query().getOrDefault("code", "");
        if (code.isEmpty()) {
            return failed(call, "the issuer sent no code: " + call.query().getOrDefault("error", ""));
        }
        try {
            var name = issuer.identify(code, attempt).admittedBy(settings);
            if (name.isEmpty()) {
                return failed(call, "not among the allowed addresses, or the address is not verified");
            }
            var person = sessions.open(name.get());
            note(call, "sign-in", person.name());
            return Cookie.SESSION.set(call, Answer.seeOther("/"), person.session(), Sessions.LIFETIME);
        } catch (NoSignIn e) {
            return failed(call, String.valueOf(e.getMessage()));
        }
    }

    private Answer signOut(Call call) {
        if (call.caller() instanceof Caller.Person person) {
            sessions.close(person);
            note(call, "sign-out", person.name());
        }
        return Cookie.SESSION.clear(call, Answer.text(200, "signed out"));
    }

    private Answer failed(Call call, String why) {
        note(call, "sign-in-failed", why);
        return Answer.error(403, "403 not signed in");
    }

    private static Refusal forged() {
        return new Refusal(406, "Invalid sign-in state: start again at " + PATH);
    }

    private void note(Call call, String action, String detail) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", "action");
        fields.put("msg", action + ": " + detail);
        fields.put("rid", call.id());
        fields.put("action", action);
        fields.put("remote-address", call.source());
        log.info(fields);
    }
}
