package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.SignIn;
import dev.stepzero.guard.identity.SignIn.Outcome;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people sign in: name and password first, then a code where one is due. */
@Controller
class SignInPage {
    private final SignIn signIn;
    private final Entrance entrance;
    private final SessionCookie cookie;
    private final Access access;
    private final People people;
    private final SignInForm form;

    SignInPage(SignIn signIn, Entrance entrance, SessionCookie cookie, Access access, People people, SignInForm form) {
        this.signIn = signIn;
        this.entrance = entrance;
        this.cookie = cookie;
        this.access = access;
        this.people = people;
        this.form = form;
    }

    @GetMapping("/sign-in")
    Page show(@RequestParam(defaultValue = "/") String next) {
        return form.page(next, "");
    }

    @PostMapping("/sign-in")
    Object signIn(
            @RequestParam String name,
            @RequestParam String password,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        return switch (signIn.password(name, password, Client.of(request), cookie.device(request))) {
            case Outcome.Accepted(var person) ->
                entrance.admit(person, Factor.PASSWORD, NextPage.of(next), request, response);
            case Outcome.Refused() ->
                form.page(next, "Name or password are not right.").status(HttpStatus.UNPROCESSABLE_CONTENT.value());
            case Outcome.Later(var delay) ->
                form.page(next, tooOften(delay)).status(HttpStatus.TOO_MANY_REQUESTS.value());
        };
    }

    @GetMapping("/sign-in/code")
    Page askForCode(@RequestParam(defaultValue = "/") String next) {
        return codePage(next, "");
    }

    @PostMapping("/sign-in/code")
    Object code(
            @RequestParam String code,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var principal = access.principal().orElseThrow();
        var person = people.find(principal.id()).orElseThrow();
        return switch (signIn.code(person, code, Client.of(request), cookie.device(request))) {
            case Outcome.Accepted _ -> promote(principal, person, code, next, request, response);
            case Outcome.Refused() ->
                codePage(next, "The code is not right. Codes change every half minute and count once.")
                        .status(HttpStatus.UNPROCESSABLE_CONTENT.value());
            case Outcome.Later(var delay) ->
                codePage(next, tooOften(delay)).status(HttpStatus.TOO_MANY_REQUESTS.value());
        };
    }

    private Object promote(
            Principal principal,
            Person person,
            String code,
            String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        return entrance.promote(principal, person, SignIn.factor(code), NextPage.of(next), request, response);
    }

    private static Page codePage(String next, String wrong) {
        return Page.of("signin/code", "Second factor")
                .with("next", NextPage.of(next))
                .with("wrong", wrong);
    }

    private static String tooOften(Duration delay) {
        return "That was wrong too often. Try again in %d seconds.".formatted(delay.toSeconds() + 1);
    }
}
