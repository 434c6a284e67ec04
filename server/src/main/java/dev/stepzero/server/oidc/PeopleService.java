package dev.stepzero.server.oidc;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.federation.GroupRoles;
import dev.stepzero.server.files.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service that people sign in with.
 *
 * @param name what paths call it: its file's name without the ending
 * @param label what people call it
 * @param clientId what it calls us
 * @param secretFile where our secret is; empty for a client without one
 * @param nameClaim the claim that is to be the name of who is new
 * @param groupsClaim the claim that lists groups; an object path is written with dots
 * @param roles what groups give
 * @param rolesLast how long they give it without another sign-in
 * @param secondFactor what its tokens say when it asked for more than one factor
 */
public record PeopleService(
        String name,
        String label,
        Issuer issuer,
        String clientId,
        Optional<Path> secretFile,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        GroupRoles roles,
        Duration rolesLast,
        SecondFactor secondFactor) {

    /**
     * How a token tells that several factors were shown: one of these methods (RFC 8176), or one of these classes.
     * Without either it never does.
     */
    public record SecondFactor(Set<String> methods, List<String> classes) {
        public SecondFactor {
            methods = Set.copyOf(methods);
            classes = List.copyOf(classes);
        }

        public boolean isShownBy(Claims claims) {
            return !Collections.disjoint(methods, claims.texts("amr"))
                    || claims.text("acr").filter(classes::contains).isPresent();
        }
    }

    /** Our secret, read anew each time, so that it can be changed while the server runs. */
    Optional<String> secret() {
        return secretFile.map(file -> {
            var secret = new String(PrivateFile.read(file), StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw UserError.unreadable("the client's secret is empty")
                        .at(file.toString())
                        .fix("write what the sign-in service gave out for " + clientId);
            }
            return secret;
        });
    }
}
