package dev.stepzero.server.federation;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Devices;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Throttle;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.federation.Questions.Question;
import dev.stepzero.server.oidc.Claims;
import dev.stepzero.server.oidc.CodeFlow;
import dev.stepzero.server.oidc.CodeFlow.Answer;
import dev.stepzero.server.oidc.Distrust;
import dev.stepzero.server.oidc.PeopleService;
import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.oidc.Unanswered;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import dev.stepzero.server.signin.NextPage;
import dev.stepzero.server.signin.SessionCookie;
import dev.stepzero.server.signin.SignInForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Sends people to another sign-in service, and takes them in when they come back with its word. */
@Controller
class FederatedSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(FederatedSignIn.class);
    private static final int FREE_OF_A_NETWORK = 40;

    private final Services services;
    private final CodeFlow flow;
    private final Questions questions;
    private final Arrivals arrivals;
    private final SignInForm form;
    private final Access access;
    private final Throttle throttle;
    private final Devices devices;
    private final SessionCookie cookie;
    private final Audit audit;
    private final ServerSettings settings;

    FederatedSignIn(
            Services services,
            CodeFlow flow,
            Questions questions,
            Arrivals arrivals,
            SignInForm form,
            Access access,
            Throttle throttle,
            Devices devices,
            SessionCookie cookie,
            Audit audit,
            ServerSettings settings) {
        this.services = services;
        this.flow = flow;
        this.questions = questions;
        this.arrivals = arrivals;
        this.form = form;
        this.access = access;
        this.throttle = throttle;
        this.devices = devices;
        this.cookie = cookie;
        this.audit = audit;
        this.settings = settings;
    }

    @GetMapping("/sign-in/with/{service}")
    Object begin(
            @PathVariable String service,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var found = find(service);
        try {
            var binding = questions.ask(found, Optional.empty(), NextPage.of(next), response);
            return Entrance.redirect(
                    flow.question(found, comeBack(found, request), binding).toString());
        } catch (Unanswered e) {
            return down(found, next, e);
        }
    }

    /** Where somebody who is signed in goes to bind an account to themselves. */
    URI linking(PeopleService service, long person, HttpServletRequest request, HttpServletResponse response)
            throws Unanswered {
        var binding = questions.ask(service, Optional.of(person), AccountsPage.PATH, response);
        return flow.question(service, comeBack(service, request), binding);
    }

    @GetMapping("/sign-in/with/{service}/return")
    Object comeBack(
            @PathVariable String service,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String iss,
            @RequestParam(defaultValue = "") String error,
            HttpServletRequest request,
            HttpServletResponse response) {
        var found = find(service);
        var question = questions.answered(found, state, request, response);
        if (question.isEmpty()) {
            return refused("This sign-in was not begun in this browser, or took too long. Begin again.");
        }
        var subject = "sign-in service from " + place(request);
        var wait = throttle.attempt(subject, FREE_OF_A_NETWORK);
        if (wait.isPositive()) {
            return form.page("/", "That was wrong too often. Try again in %d seconds.".formatted(wait.toSeconds() + 1))
                    .status(HttpStatus.TOO_MANY_REQUESTS.value());
        }
        try {
            var answer = new Answer(code, iss, error);
            var claims =
                    flow.account(found, comeBack(found, request), question.get().binding(), answer);
            throttle.succeeded(subject);
            return arrived(found, question.get(), claims, request, response);
        } catch (Distrust e) {
            audit.record(
                    Audit.Entry.refused("person.sign-in", "somebody at " + found.name(), e.why(), Client.of(request)));
            return refused("%s did not confirm who you are: %s.".formatted(found.label(), e.why()));
        } catch (Unanswered e) {
            throttle.succeeded(subject);
            return down(found, question.get().next(), e);
        }
    }

    /** A browser that somebody signed in with before counts apart, so that its neighbours cannot hold it up. */
    private String place(HttpServletRequest request) {
        var device = cookie.device(request);
        return devices.isKnown(device)
                ? "device " + HexFormat.of().formatHex(device.orElseThrow().hash())
                : "network " + Client.of(request).network();
    }

    private Object arrived(
            PeopleService service,
            Question question,
            Claims claims,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (question.linking().isEmpty()) {
            return switch (arrivals.take(service, claims, Client.of(request))) {
                case Arrivals.Taken(var person, var factor) ->
                    arrivals.entrance().admit(person, factor, question.next(), request, response);
                case Arrivals.Refused(var why) -> refused(why);
            };
        }
        var principal = access.principal()
                .filter(one -> one.kind() == Principal.Kind.PERSON && !one.owesFactor())
                .filter(one -> Optional.of(one.id()).equals(question.linking()));
        if (principal.isEmpty()) {
            return refused("Sign in first, and bind your account at %s again.".formatted(service.label()));
        }
        arrivals.link(service, claims, principal.get(), Client.of(request));
        return Entrance.redirect(AccountsPage.PATH);
    }

    private Page refused(String why) {
        return form.page("/", why).status(HttpStatus.UNPROCESSABLE_CONTENT.value());
    }

    private Page down(PeopleService service, String next, Unanswered why) {
        LOG.warn("{} cannot be signed in with: {}", service.issuer().address(), why.why(), why);
        return form.page(
                        next,
                        "%s does not answer now. Who has a password or a passkey here can sign in with it."
                                .formatted(service.label()))
                .status(HttpStatus.SERVICE_UNAVAILABLE.value());
    }

    private PeopleService find(String name) {
        return services.people(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Our own address and not what the request says, for the service sends codes there. */
    private URI comeBack(PeopleService service, HttpServletRequest request) {
        return settings.address(request.getLocalPort()).resolve("/sign-in/with/%s/return".formatted(service.name()));
    }
}
