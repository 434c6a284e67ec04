package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Devices;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Lets people in once they proved something: begins a session and says where they go on. */
@Component
public class Entrance {
    private final Sessions sessions;
    private final People people;
    private final Credentials credentials;
    private final Devices devices;
    private final SessionCookie cookie;
    private final Audit audit;

    Entrance(
            Sessions sessions,
            People people,
            Credentials credentials,
            Devices devices,
            SessionCookie cookie,
            Audit audit) {
        this.sessions = sessions;
        this.people = people;
        this.credentials = credentials;
        this.devices = devices;
        this.cookie = cookie;
        this.audit = audit;
    }

    /** A session for who was nobody until now. */
    public ResponseEntity<Void> admit(
            Person person, Factor factor, String next, HttpServletRequest request, HttpServletResponse response) {
        return begin(person, Set.of(factor), next, request, response);
    }

    /** A new session, with another secret, in place of the one in which another factor was shown. */
    public ResponseEntity<Void> promote(
            Principal principal,
            Person person,
            Factor factor,
            String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var factors = EnumSet.of(factor);
        factors.addAll(principal.factors());
        principal.session().ifPresent(session -> sessions.end(person.id(), session));
        return begin(person, factors, next, request, response);
    }

    private ResponseEntity<Void> begin(
            Person person, Set<Factor> factors, String next, HttpServletRequest request, HttpServletResponse response) {
        var source = Client.of(request);
        cookie.write(sessions.begin(person.id(), factors, source), response);
        var enrolled = credentials.hasSecondFactor(person.id());
        var complete = Factor.areTwo(factors)
                || (!enrolled && !people.roles(person.id()).changeProduction());
        if (!complete) {
            var step = enrolled ? "/sign-in/code" : "/account/authenticator";
            return redirect(step + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        }
        if (!devices.knows(person.id(), cookie.device(request))) {
            cookie.writeDevice(devices.remember(person.id()), response);
        }
        audit.record(new Audit.Entry("person.sign-in", person.name(), "", true, words(factors), source));
        return redirect(next);
    }

    private static String words(Set<Factor> factors) {
        return factors.stream().map(Factor::word).sorted().collect(Collectors.joining(" and "));
    }

    /** Where the browser goes after a form was sent. */
    public static ResponseEntity<Void> redirect(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", path)
                .build();
    }
}
