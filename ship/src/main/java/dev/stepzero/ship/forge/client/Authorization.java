package dev.stepzero.ship.forge.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who we are at a forge: the value of the {@code Authorization} header, which is never printed. */
@FunctionalInterface
public interface Authorization {

    /** The value for the next request; it may have to be fetched first. */
    String value() throws InterruptedException;

    /** A token of GitHub, GitLab, Gitea, Forgejo, Bitbucket Cloud (access token) or Data Center. */
    static Authorization token(String token) {
        return () -> "Bearer " + token;
    }

    /** A user's name and an API token, as Bitbucket Cloud has it for users. */
    static Authorization basic(String user, String token) {
        var pair = (user + ":" + token).getBytes(StandardCharsets.UTF_8);
        return () -> "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
