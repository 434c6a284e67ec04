package dev.stepzero.server.oidc;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What services say of themselves and the keys that they sign with, asked for once an hour. A key that is not among them
 * is looked for again, but once a minute at most, and a service that did not answer is left alone for ten seconds, so that
 * nobody can make us ask by sending tokens.
 */
@Component
final class Issuers {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofHours(24);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int MOST_KEYS = 100;
    private static final int MOST_DEPTH = 20;
    private static final int LONGEST_URL = 2000;

    private final GuardedHttp http;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build());
    private final Map<Issuer, Known> known = new ConcurrentHashMap<>();

    Issuers(GuardedHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** Metadata and keys together, and when they were asked for. */
    private record Document(Metadata metadata, List<JsonWebKey> keys, Instant asked) {}

    /** One issuer's document; whoever asks meanwhile waits for the same answer. */
    private final class Known {
        private final Issuer issuer;
        private Optional<Document> document = Optional.empty();
        private Optional<Unanswered> failure = Optional.empty();
        private Instant tried = Instant.MIN;

        Known(Issuer issuer) {
            this.issuer = issuer;
        }

        synchronized Document newerThan(Duration age) throws Unanswered {
            var now = clock.instant();
            var current = document;
            if (current.isPresent() && current.get().asked().plus(age).isAfter(now)) {
                return current.get();
            }
            if (failure.isEmpty() || tried.plus(REST).isBefore(now)) {
                tried = now;
                try {
                    var read = read(issuer, now);
                    document = Optional.of(read);
                    failure = Optional.empty();
                    return read;
                } catch (Unanswered e) {
                    failure = Optional.of(e);
                }
            }
            return current.filter(old -> old.asked().plus(STALE).isAfter(now)).orElseThrow(failure::orElseThrow);
        }
    }

    /** What an issuer says of itself. */
    Metadata metadata(Issuer issuer) throws Unanswered {
        return known(issuer).newerThan(FRESH).metadata();
    }

    List<JsonWebKey> keys(Issuer issuer) throws Unanswered {
        return known(issuer).newerThan(FRESH).keys();
    }

    /** The keys once more, for one was not among them. */
    List<JsonWebKey> keysAgain(Issuer issuer) throws Unanswered {
        return known(issuer).newerThan(BETWEEN).keys();
    }

    private Known known(Issuer issuer) {
        return known.computeIfAbsent(issuer, Known::new);
    }

    private Document read(Issuer issuer, Instant now) throws Unanswered {
        var base = issuer.address().toString().replaceFirst("/+$", "");
        var found = object(issuer, URI.create(base + "/.well-known/openid-configuration"), Map.of());
        if (!found.path("issuer").stringValue("").equals(issuer.address().toString())) {
            throw new Unanswered("%s says that it is another issuer".formatted(issuer.address()));
        }
        var methods = new HashSet<String>();
        found.path("token_endpoint_auth_methods_supported").forEach(method -> methods.add(method.stringValue("")));
        var metadata = new Metadata(
                url(issuer, found, "authorization_endpoint"),
                url(issuer, found, "token_endpoint"),
                url(issuer, found, "jwks_uri").orElseThrow(() -> new Unanswered(issuer.address() + " names no keys")),
                url(issuer, found, "userinfo_endpoint"),
                Set.copyOf(methods),
                found.path("authorization_response_iss_parameter_supported").booleanValue(false));
        return new Document(metadata, keys(issuer, metadata.keys()), now);
    }

    private List<JsonWebKey> keys(Issuer issuer, URI address) throws Unanswered {
        var text = object(issuer, address, Map.of()).toString();
        try {
            return new JsonWebKeySet(text)
                    .getJsonWebKeys().stream().limit(MOST_KEYS).toList();
        } catch (JoseException e) {
            throw new Unanswered("the keys of %s cannot be read".formatted(issuer.address()), e);
        }
    }

    /** A JSON object at an address of an issuer. */
    JsonNode object(Issuer issuer, URI address, Map<String, String> headers) throws Unanswered {
        return object(address, http.send(issuer.opened(), address, headers, Optional.empty()));
    }

    /** What an issuer answers to a form, with the status. */
    JsonNode post(Issuer issuer, URI address, Map<String, String> headers, String form) throws Unanswered {
        var answer = http.send(issuer.opened(), address, headers, Optional.of(form.getBytes(StandardCharsets.UTF_8)));
        return answer.status() == 400 || answer.status() == 401
                ? parsed(address, answer.body())
                : object(address, answer);
    }

    private JsonNode object(URI address, GuardedHttp.Answer answer) throws Unanswered {
        if (!answer.isGood()) {
            throw new Unanswered("%s answers with %d".formatted(address.getHost(), answer.status()));
        }
        return parsed(address, answer.body());
    }

    private JsonNode parsed(URI address, String body) throws Unanswered {
        try {
            var found = json.readTree(body);
            if (found.isObject()) {
                return found;
            }
            throw new Unanswered(address.getHost() + " answers with no JSON object");
        } catch (JacksonException e) {
            throw new Unanswered(address.getHost() + " answers with broken JSON", e);
        }
    }

    private static Optional<URI> url(Issuer issuer, JsonNode found, String name) throws Unanswered {
        var text = found.path(name).stringValue("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var url = URI.create(text);
            var scheme = String.valueOf(url.getScheme());
            if (text.length() > LONGEST_URL
                    || url.getHost() == null
                    || !(scheme.equals("https")
                            || scheme.equals(issuer.address().getScheme()))) {
                throw new Unanswered(name + " is no address to go to");
            }
            return Optional.of(url);
        } catch (IllegalArgumentException e) {
            throw new Unanswered(name + " is no URL", e);
        }
    }
}
