package dev.stepzero.server.signin;

import dev.stepzero.server.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people sign in. */
@Controller
class SignInPage {
    @GetMapping("/sign-in")
    Page show(@RequestParam(defaultValue = "/") String next) {
        return Page.of("signin/sign-in", "Sign in").with("next", NextPage.of(next));
    }
}
