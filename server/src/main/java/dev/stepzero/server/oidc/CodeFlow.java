package dev.stepzero.server.oidc;

import dev.stepzero.core.UserError;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The authorization code flow of OpenID Connect Core 1.0, section 3.1, with PKCE (RFC 7636), the state and the nonce
 * against codes and tokens of others, and the issuer in the answer (RFC 9207) against services that play another.
 */
@Component
public final class CodeFlow {
    /** Heads of requests have little room anyway. */
    private static final int MOST_SHOWN = 12_000;

    private final Issuers issuers;
    private final SignedTokens tokens;
    private final JsonMapper json = new JsonMapper();

    CodeFlow(Issuers issuers, SignedTokens tokens) {
        this.issuers = issuers;
        this.tokens = tokens;
    }

    /**
     * What binds an answer to one question.
     *
     * @param state comes back as it is
     * @param nonce stands in the token
     * @param verifier is shown with the code; its digest is sent before
     */
    public record Binding(String state, String nonce, String verifier) {}

    /** What a service sent back to us. Each is empty where it was missing. */
    public record Answer(String code, String issuer, String error) {}

    /** Where a browser is sent to prove who is before it. */
    public URI question(PeopleService service, URI comeBack, Binding binding) throws Unanswered {
        var endpoint = issuers.metadata(service.issuer())
                .authorization()
                .orElseThrow(() -> new Unanswered("it names no address where people sign in"));
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", service.clientId());
        query.put("redirect_uri", comeBack.toString());
        query.put("scope", String.join(" ", service.scopes()));
        query.put("state", binding.state());
        query.put("nonce", binding.nonce());
        query.put("code_challenge", Hashes.encoded(binding.verifier()));
        query.put("code_challenge_method", "S256");
        if (!service.secondFactor().classes().isEmpty()) {
            query.put("acr_values", String.join(" ", service.secondFactor().classes()));
        }
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(query));
    }

    /**
     * Exchanges a code and tells whose account it is.
     *
     * @throws Distrust if anything does not fit
     * @throws Unanswered if the service does not answer
     */
    public Claims account(PeopleService service, URI comeBack, Binding binding, Answer answer)
            throws Distrust, Unanswered {
        var metadata = issuers.metadata(service.issuer());
        requireSender(service, metadata, answer);
        var reply = exchange(service, metadata, comeBack, binding, answer.code());
        var claims = tokens.check(reply.path("id_token").stringValue(""), service.issuer(), service.clientId());
        if (!claims.text("nonce").equals(Optional.of(binding.nonce()))) {
            throw new Distrust("the token was made for another sign-in");
        }
        var party = claims.text("azp");
        if (party.isPresent()
                ? !party.get().equals(service.clientId())
                : claims.texts("aud").size() > 1) {
            throw new Distrust("the token was made for another client");
        }
        return withUserInfo(
                service, metadata, claims, reply.path("access_token").stringValue(""));
    }

    private static void requireSender(PeopleService service, Metadata metadata, Answer answer) throws Distrust {
        var named = !answer.issuer().isEmpty();
        if (named ? !answer.issuer().equals(service.issuer().address().toString()) : metadata.namesItself()) {
            throw new Distrust("another service answered");
        }
        if (!answer.error().isEmpty() || answer.code().isEmpty()) {
            throw new Distrust("the service says: " + printable(answer.error().isEmpty() ? "nothing" : answer.error()));
        }
    }

    private JsonNode exchange(PeopleService service, Metadata metadata, URI comeBack, Binding binding, String code)
            throws Distrust, Unanswered {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", comeBack.toString());
        fields.put("code_verifier", binding.verifier());
        fields.put("client_id", service.clientId());
        var headers = new LinkedHashMap<String, String>();
        secret(service).ifPresent(secret -> {
            // RFC 6749, section 2.3.1: the header is what every service must know.
            if (metadata.clientMethods().contains("client_secret_post")
                    && !metadata.clientMethods().contains("client_secret_basic")) {
                fields.put("client_secret", secret);
            } else {
                var pair = encoded(service.clientId()) + ":" + encoded(secret);
                headers.put(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
        });
        var endpoint = metadata.token().orElseThrow(() -> new Unanswered("it names no address for codes"));
        var reply = issuers.post(service.issuer(), endpoint, headers, form(fields));
        if (reply.has("error")) {
            throw new Distrust("the service does not take the code: "
                    + printable(reply.path("error").stringValue("")));
        }
        return reply;
    }

    private static Optional<String> secret(PeopleService service) throws Unanswered {
        try {
            return service.secret();
        } catch (UserError e) {
            throw new Unanswered("%s: %s".formatted(e.where().orElse("the client's secret"), e.what()), e);
        }
    }

    /** Some services keep groups out of tokens and tell them when asked. */
    private Claims withUserInfo(PeopleService service, Metadata metadata, Claims claims, String accessToken)
            throws Distrust, Unanswered {
        if (claims.has(service.groupsClaim()) || metadata.userInfo().isEmpty() || accessToken.isEmpty()) {
            return claims;
        }
        if (!accessToken.equals(printable(accessToken))) {
            throw new Distrust("the service gives an access token that is none");
        }
        var headers = Map.of("Authorization", "Bearer " + accessToken);
        var found = issuers.object(service.issuer(), metadata.userInfo().get(), headers);
        if (!found.path("sub").stringValue("").equals(claims.text("sub").orElse(""))) {
            throw new Distrust("the service told of another account");
        }
        var all = new LinkedHashMap<String, Object>();
        found.properties().forEach(one -> {
            if (!one.getValue().isNull()) {
                all.put(one.getKey(), json.treeToValue(one.getValue(), Object.class));
            }
        });
        // What was signed counts more than what was told.
        all.putAll(claims.values());
        return new Claims(all);
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), MOST_SHOWN)).replaceAll("[^\\x21-\\x7e]", " ");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
