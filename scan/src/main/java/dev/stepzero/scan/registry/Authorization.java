package dev.stepzero.scan.registry;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Proves to a registry who asks, as the registry wants it: with the password, or with a token that it names a place for
 * (distribution specification, token authentication). A token is asked for this one repository, whatever the registry
 * suggests.
 */
final class Authorization {
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Reference reference;
    private final String actions;
    private final Optional<Credentials> credentials;
    private volatile Optional<String> header = Optional.empty();

    /** @param actions {@code pull} or {@code pull,push} */
    Authorization(Transport transport, Reference reference, String actions, Optional<Credentials> credentials) {
        this.transport = transport;
        this.reference = reference;
        this.actions = actions;
        this.credentials = credentials;
    }

    /** The header to send, if the registry was found to want one. */
    Optional<String> header() {
        return header;
    }

    /**
     * Answers a challenge.
     *
     * @param challenge the registry's {@code WWW-Authenticate}
     * @throws UserError if there is nothing to answer with
     */
    void answer(String challenge) throws IOException, InterruptedException {
        var scheme = challenge.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        header = Optional.of(
                switch (scheme) {
                    case "basic" -> credentials.orElseThrow(this::nothing).basic();
                    case "bearer" -> "Bearer " + token(parameters(challenge));
                    default ->
                        throw UserError.engine("the registry wants an authentication that is not known: " + scheme)
                                .at(reference.toString());
                });
    }

    private UserError nothing() {
        return UserError.engine("the registry wants a user and a password")
                .at(reference.toString())
                .fix("give credentials that may " + actions.replace(",", " and ") + " there");
    }

    private static Map<String, String> parameters(String challenge) {
        var parameters = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        return parameters;
    }

    private String token(Map<String, String> parameters) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(tokenAddress(parameters))
                .timeout(TIMEOUT)
                .GET();
        credentials.ifPresent(known -> request.header("Authorization", known.basic()));
        var response = transport.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw UserError.engine("the registry gives no token: it answers " + response.statusCode())
                    .at(reference.toString())
                    .fix("give credentials that may " + actions.replace(",", " and ") + " there");
        }
        try {
            var json = JsonMapper.shared().readTree(response.body());
            var token = json.path("token").asString(json.path("access_token").asString(""));
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw refused("its token makes no sense");
            }
            return token;
        } catch (JacksonException e) {
            throw refused("its token is not JSON");
        }
    }

    /** The password goes to this place: it must not be read on the way. */
    private URI tokenAddress(Map<String, String> parameters) {
        try {
            var realm = URI.create(parameters.getOrDefault("realm", ""));
            if (!transport.allows(realm)) {
                throw refused("it wants the password sent to " + realm);
            }
            var query = "scope=" + encode("repository:" + reference.repository() + ":" + actions);
            if (parameters.containsKey("service")) {
                query += "&service=" + encode(parameters.get("service"));
            }
            return URI.create(realm + (realm.getQuery() == null ? "?" : "&") + query);
        } catch (IllegalArgumentException e) {
            throw refused("it names no place for tokens");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private UserError refused(String why) {
        return UserError.engine("the registry's authentication is refused: " + why)
                .at(reference.toString());
    }
}
