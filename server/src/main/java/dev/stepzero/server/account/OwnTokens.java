package dev.stepzero.server.account;

import dev.stepzero.guard.identity.ApiToken;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Source;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** The tokens of whoever asks: of a person all that are theirs, of a program the one that it shows. */
@Component
public class OwnTokens {
    private final ApiTokens tokens;
    private final Audit audit;

    OwnTokens(ApiTokens tokens, Audit audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Those that live, the newest first. */
    public List<ApiToken> of(Principal principal) {
        return principal.kind() == Principal.Kind.PERSON
                ? tokens.of(principal.id())
                : tokens.find(principal.id()).stream().toList();
    }

    /** Takes one back. @throws ResponseStatusException 404 if they have none of that number */
    public void revoke(Principal principal, long token, Source source) {
        var owner = principal.kind() == Principal.Kind.PERSON
                ? Optional.of(principal.id())
                : tokens.find(principal.id()).filter(own -> own.id() == token).flatMap(ApiToken::person);
        if (owner.filter(person -> tokens.revoke(person, token)).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        audit.record(Audit.Entry.done("token.revoke", principal.name(), "token " + token, source));
    }
}
