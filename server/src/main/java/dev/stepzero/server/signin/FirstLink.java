package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Invitations;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The path by which the first administrator sets up the server, as long as there is nobody. */
@Component
public class FirstLink {
    private final Invitations invitations;

    FirstLink(Invitations invitations) {
        this.invitations = invitations;
    }

    /** A new path, good once and for an hour; former ones end. */
    public Optional<String> path() {
        return invitations.first().map(secret -> "/set-up?token=" + secret.text());
    }
}
