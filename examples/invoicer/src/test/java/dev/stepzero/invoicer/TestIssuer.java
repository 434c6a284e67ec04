package dev.stepzero.invoicer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A small OpenID Connect issuer. It checks what a real one checks, and can be told to misbehave. */
final class TestIssuer implements AutoCloseable {
    static final String CLIENT = "invoicer";
    static final String SECRET = "client secret of the test";

    private static final RSAKey KEY = key();

    private final HttpServer server;
    private Map<String, List<String>> asked = Map.of();

    /** What to change about the ID token before it is signed. */
    UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();

    /** The key the ID token is signed with. */
    RSAKey signingKey = KEY;

    TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        json("/.well-known/openid-configuration", _ -> """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/jwks","response_types_supported":["code"],"subject_types_supported":["public"],
                 "id_token_signing_alg_values_supported":["RS256"]}""".formatted(url()));
        json("/jwks", _ -> new JWKSet(KEY.toPublicJWK()).toString());
        json("/token", this::token);
        server.start();
    }

    static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Map<String, String> settings() {
        return Map.of(
                "INVOICER_OIDC_ISSUER",
                url(),
                "INVOICER_OIDC_CLIENT_ID",
                CLIENT,
                "INVOICER_OIDC_CLIENT_SECRET",
                SECRET,
                "INVOICER_OIDC_REDIRECT_URI",
                "https://invoicer.example/oauth2callback",
                "INVOICER_OIDC_ALLOWED_DOMAIN",
                "example.org",
                "INVOICER_BEHIND_PROXY",
                "true");
    }

    /** What the person's browser would do: takes the request, and returns the state and a code. */
    String approve(URI authorization) {
        asked = URLUtils.parseParameters(authorization.getRawQuery());
        return "/oauth2callback?code=the-code&state=" + asked("state");
    }

    String asked(String name) {
        return asked.get(name).getFirst();
    }

    private interface Content {
        String of(Map<String, List<String>> parameters) throws Exception;
    }

    private void json(String path, Content content) {
        server.createContext(path, exchange -> {
            try (exchange) {
                var basic = exchange.getRequestHeaders().getFirst("Authorization");
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var parameters = URLUtils.parseParameters(body);
                parameters.put("basic", List.of(String.valueOf(basic)));
                var bytes = content.of(parameters).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(bytes.length > 0 && bytes[0] == '!' ? 400 : 200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private String token(Map<String, List<String>> parameters) throws Exception {
        var verifier = parameters.get("code_verifier").getFirst();
        var challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
        var credentials = CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        var basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        var good = parameters.get("code").equals(List.of("the-code"))
                && parameters.get("grant_type").equals(List.of("authorization_code"))
                && parameters.get("redirect_uri").equals(asked.get("redirect_uri"))
                && parameters.get("basic").equals(List.of(basic))
                && asked("code_challenge_method").equals("S256")
                && asked("code_challenge").equals(challenge);
        return good
                ? "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}"
                : "!{\"error\":\"invalid_grant\"}";
    }

    private String idToken() throws JOSEException {
        var now = Instant.now();
        var standard = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("subject-1")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("nonce", asked("nonce"))
                .claim("email", "Ada@example.org")
                .claim("email_verified", true);
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build();
        var token = new SignedJWT(header, claims.apply(standard).build());
        token.sign(new RSASSASigner(signingKey));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
