package dev.stepzero.server.signin;

import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.page.Page;
import org.springframework.stereotype.Component;

/** The page where people choose how to sign in. */
@Component
public class SignInForm {
    private final Services services;

    SignInForm(Services services) {
        this.services = services;
    }

    /**
     * The page.
     *
     * @param next where they wanted to go
     * @param wrong why the last attempt failed, as a sentence; empty for the first
     */
    public Page page(String next, String wrong) {
        return Page.of("signin/sign-in", "Sign in")
                .with("next", NextPage.of(next))
                .with("services", services.people())
                .with("wrong", wrong);
    }
}
