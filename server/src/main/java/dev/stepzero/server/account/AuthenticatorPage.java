package dev.stepzero.server.account;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.SignIn;
import dev.stepzero.guard.identity.SignIn.Outcome;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import dev.stepzero.server.signin.NextPage;
import dev.stepzero.server.signin.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people enrol an authenticator application and get their recovery codes. */
@Controller
class AuthenticatorPage {
    private final Access access;
    private final People people;
    private final Credentials credentials;
    private final SignIn signIn;
    private final Entrance entrance;
    private final SessionCookie cookie;
    private final Audit audit;

    AuthenticatorPage(
            Access access,
            People people,
            Credentials credentials,
            SignIn signIn,
            Entrance entrance,
            SessionCookie cookie,
            Audit audit) {
        this.access = access;
        this.people = people;
        this.credentials = credentials;
        this.signIn = signIn;
        this.entrance = entrance;
        this.cookie = cookie;
        this.audit = audit;
    }

    @GetMapping("/account/authenticator")
    Page show(@RequestParam(defaultValue = "/") String next) {
        var principal = access.principal().orElseThrow();
        return credentials.hasTotp(principal.id()) || owesWhatItHas(principal)
                ? Page.of("account/authenticator", "Authenticator").with("owed", principal.owesFactor())
                : enrolment(principal, next, "");
    }

    @PostMapping("/account/authenticator")
    Object confirm(
            @RequestParam String code,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var principal = access.principal().orElseThrow();
        if (credentials.hasTotp(principal.id()) || owesWhatItHas(principal)) {
            return Entrance.redirect("/account/authenticator");
        }
        var person = people.find(principal.id()).orElseThrow();
        return switch (signIn.code(person, code, Client.of(request), cookie.device(request))) {
            case Outcome.Accepted _ -> {
                audit.record(Audit.Entry.done("authenticator.enrol", person.name(), person.name(), Client.of(request)));
                var codes = credentials.newRecoveryCodes(person.id());
                entrance.promote(principal, person, Factor.TOTP, next, request, response);
                yield codes(codes, next);
            }
            case Outcome.Refused() ->
                enrolment(principal, next, "The code is not right. Is the clock of your device right?")
                        .status(HttpStatus.UNPROCESSABLE_CONTENT.value());
            case Outcome.Later(var delay) ->
                enrolment(principal, next, "Try again in %d seconds.".formatted(delay.toSeconds() + 1))
                        .status(HttpStatus.TOO_MANY_REQUESTS.value());
        };
    }

    @PostMapping("/account/recovery-codes")
    Page recoveryCodes(HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        var codes = credentials.newRecoveryCodes(principal.id());
        audit.record(Audit.Entry.done("recovery-codes.make", principal.name(), principal.name(), Client.of(request)));
        return codes(codes, "/account/authenticator");
    }

    @PostMapping("/account/authenticator/remove")
    Object remove(HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        credentials.removeTotp(principal.id());
        audit.record(Audit.Entry.done("authenticator.remove", principal.name(), principal.name(), Client.of(request)));
        return Entrance.redirect("/account/authenticator");
    }

    /** Who has a passkey and showed a password only may not enrol another way in. */
    private static boolean owesWhatItHas(Principal principal) {
        return principal.owesFactor() && principal.enrolled();
    }

    private Page enrolment(Principal principal, String next, String wrong) {
        var secret = credentials.begunTotp(principal.id()).orElseGet(() -> credentials.beginTotp(principal.id()));
        return Page.of("account/enrol", "Enrol an authenticator")
                .with("qr", QrCode.of(address(principal.name(), secret)))
                .with("secret", secret.replaceAll("(.{4})(?=.)", "$1 "))
                .with("next", NextPage.of(next))
                .with("wrong", wrong);
    }

    /** What applications read from the QR code: Google Authenticator's key URI format. */
    private static String address(String name, String secret) {
        var label = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Stepzero:%s?secret=%s&issuer=Stepzero".formatted(label, secret);
    }

    private static Page codes(List<String> codes, String next) {
        return Page.of("account/recovery-codes", "Recovery codes")
                .with("codes", codes)
                .with("next", NextPage.of(next));
    }
}
