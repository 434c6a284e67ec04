package dev.stepzero.server.api;

import dev.stepzero.guard.identity.ApiToken;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.account.OwnTokens;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.signin.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One's own tokens: of a person all that are theirs, of a program the one that it shows. */
@Controller
class TokensApi {
    private final Access access;
    private final OwnTokens tokens;

    TokensApi(Access access, OwnTokens tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    /** A token, without its secret. */
    record TokenRecord(
            long id,
            String name,
            Role role,

            @Says("Where the role holds; missing for everywhere.")
            Optional<String> project,

            boolean writes,
            Instant createdAt,
            Instant expiresAt,
            @Says("Give or take a minute.") Optional<Instant> lastUsed,
            Optional<String> lastUsedFrom) {
        static TokenRecord of(ApiToken each) {
            return new TokenRecord(
                    each.id(),
                    each.name(),
                    each.grant().role(),
                    each.grant().project(),
                    each.writes(),
                    each.created(),
                    each.expires(),
                    each.used(),
                    Optional.ofNullable(each.usedFrom()).filter(text -> !text.isEmpty()));
        }
    }

    @GetMapping("/api/v1/tokens")
    @Operation("One's own tokens, the newest first; a program sees its own one.")
    Answer<List<TokenRecord>> list() {
        var own = tokens.of(access.principal().orElseThrow());
        return Answer.of(own.stream().map(TokenRecord::of).toList());
    }

    @DeleteMapping("/api/v1/tokens/{token}")
    @Operation(value = "Takes one of one's own tokens back; a program its own one.", status = 204)
    Answer<Void> revoke(@PathVariable long token, HttpServletRequest request) {
        tokens.revoke(access.principal().orElseThrow(), token, Client.of(request));
        return Answer.done();
    }
}
