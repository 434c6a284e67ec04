package dev.stepzero.server.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.egress.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID provider on loopback, written after the standards: discovery, keys, a page to sign in, and codes with PKCE. */
public final class TestIssuer implements AutoCloseable {
    public static final String CLIENT = "stepzero-test";
    public static final String SECRET = "the client's secret, with : and ü";

    /** Making a key takes a while. */
    private static final RsaJsonWebKey FIRST = newKey("first");

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile Map<String, Object> account = Map.of("sub", "0001", "preferred_username", "jane");
    private volatile Map<String, Object> userInfo = Map.of();
    private volatile Map<String, Object> overrides = Map.of();
    private volatile boolean down;
    private volatile RsaJsonWebKey key = FIRST;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Issuer issuer() {
        return new Issuer(
                URI.create(address()), List.of("RS256"), Issuer.SKEW, Set.of(AddressRange.parse("127.0.0.1")));
    }

    /** Who is before the browser from now on. */
    public void account(Map<String, Object> claims) {
        account = claims;
    }

    public void userInfo(Map<String, Object> claims) {
        userInfo = claims;
    }

    /** Claims that it writes into tokens whatever is right. */
    public void overrides(Map<String, Object> claims) {
        overrides = claims;
    }

    public void down(boolean is) {
        down = is;
    }

    public void rotate(String id) {
        key = newKey(id);
    }

    public int keyRequests() {
        return keyRequests.get();
    }

    public static RsaJsonWebKey newKey(String id) {
        try {
            var made = RsaJwkGenerator.generateJwk(2048);
            made.setKeyId(id);
            return made;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public RsaJsonWebKey key() {
        return key;
    }

    /** A token that holds: by our key, for an audience, for five minutes, with what is given besides. */
    public String token(String audience, Map<String, Object> claims) {
        var now = Instant.now().getEpochSecond();
        var all = new LinkedHashMap<String, Object>();
        all.put("iss", address());
        all.put("aud", audience);
        all.put("iat", now);
        all.put("exp", now + 300);
        all.put("jti", UUID.randomUUID().toString());
        all.putAll(claims);
        return signed(all, key);
    }

    public String signed(Map<String, Object> claims, RsaJsonWebKey by) {
        try {
            var token = new JsonWebSignature();
            token.setPayload(json.writeValueAsString(claims));
            token.setKey(by.getPrivateKey());
            token.setKeyIdHeaderValue(by.getKeyId());
            token.setAlgorithmHeaderValue("RS256");
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (down) {
                answer(exchange, 503, "text/plain", "down");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> json(exchange, 200, metadata());
                case "/keys" -> {
                    keyRequests.incrementAndGet();
                    answer(exchange, 200, "application/json", "{\"keys\":[" + key.toJson() + "]}");
                }
                case "/authorize" -> signInPage(exchange);
                case "/approve" -> approve(exchange);
                case "/token" -> token(exchange);
                case "/userinfo" -> json(exchange, 200, userInfo);
                case "/favicon.ico" -> exchange.sendResponseHeaders(204, -1);
                default -> answer(exchange, 404, "text/plain", "nothing");
            }
        }
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer", address(),
                "authorization_endpoint", address() + "/authorize",
                "token_endpoint", address() + "/token",
                "jwks_uri", address() + "/keys",
                "userinfo_endpoint", address() + "/userinfo",
                "authorization_response_iss_parameter_supported", true,
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    }

    private void signInPage(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getRawQuery();
        answer(
                exchange,
                200,
                "text/html",
                "<!DOCTYPE html><html lang=en><title>Example login</title><h1>Example login</h1><a href=\"/approve?"
                        + query.replace("&", "&amp;") + "\">Go on as " + account.get("preferred_username") + "</a>");
    }

    /** What a browser does that goes on at once. */
    public URI approved(URI question) {
        var fields = fields(question.getRawQuery());
        return URI.create(comeBack(fields));
    }

    private void approve(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set("Location", comeBack(fields(exchange.getRequestURI().getRawQuery())));
        exchange.sendResponseHeaders(302, -1);
    }

    private String comeBack(Map<String, String> question) {
        var code = UUID.randomUUID().toString();
        codes.put(code, question);
        return question.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(question.get("state"), StandardCharsets.UTF_8) + "&iss="
                + URLEncoder.encode(address(), StandardCharsets.UTF_8);
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var question = codes.remove(form.getOrDefault("code", ""));
        if (!isClient(exchange)) {
            json(exchange, 401, Map.of("error", "invalid_client"));
        } else if (question == null
                || !question.get("redirect_uri").equals(form.get("redirect_uri"))
                || !question.get("code_challenge").equals(digest(form.getOrDefault("code_verifier", "")))) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            var claims = new LinkedHashMap<>(account);
            claims.put("nonce", question.get("nonce"));
            claims.putAll(overrides);
            json(
                    exchange,
                    200,
                    Map.of(
                            "id_token",
                            token(CLIENT, claims),
                            "access_token",
                            "an-access-token",
                            "token_type",
                            "Bearer"));
        }
    }

    private static boolean isClient(HttpExchange exchange) {
        var pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        var expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static String digest(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), (a, b) -> a));
    }

    private void json(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        answer(exchange, status, "application/json", json.writeValueAsString(body));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
