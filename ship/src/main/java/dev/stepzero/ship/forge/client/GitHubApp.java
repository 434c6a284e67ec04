package dev.stepzero.ship.forge.client;

import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An installation of a GitHub App, whose tokens last an hour and are fetched as they are needed: a JSON web token signed
 * with the app's key (RS256) is exchanged for one.
 */
public final class GitHubApp implements Authorization {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    // GitHub allows ten minutes, and its clock may differ from ours.
    private static final Duration LIFE = Duration.ofMinutes(8);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private final String app;
    private final long installation;
    private final PrivateKey key;
    private final URI base;
    private final ForgeHttp http;
    private final Clock clock;
    private String token = "";
    private Instant expires = Instant.MIN;

    /**
     * An installation.
     *
     * @param app the app's client id or number
     * @param pem its private key, as GitHub gives it out
     * @param base where the API begins, such as {@code https://api.github.com}
     * @throws UserError if the key is none
     */
    public GitHubApp(String app, long installation, String pem, URI base, ForgeHttp http, Clock clock) {
        this.app = app;
        this.installation = installation;
        this.key = key(pem);
        this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
        this.http = http;
        this.clock = clock;
    }

    private static PrivateKey key(String pem) {
        try {
            var old = pem.contains("BEGIN RSA PRIVATE KEY");
            var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            var der = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(old ? pkcs8(der) : der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw UserError.usage("the GitHub App's private key is not an RSA key in PEM")
                    .fix("make a new one in the app's settings and set the whole file");
        }
    }

    /** GitHub gives keys out as PKCS #1 (RFC 8017), Java reads them wrapped as PKCS #8 (RFC 5208). */
    private static byte[] pkcs8(byte[] pkcs1) {
        var version = new byte[] {0x02, 0x01, 0x00};
        return der(0x30, version, RSA, der(0x04, pkcs1));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        var length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    @Override
    public synchronized String value() throws InterruptedException {
        if (!clock.instant().plus(AHEAD).isBefore(expires)) {
            renew();
        }
        return "Bearer " + token;
    }

    private void renew() throws InterruptedException {
        var address = base.resolve("app/installations/" + installation + "/access_tokens");
        try {
            var reply = http.send(
                    "POST",
                    address,
                    Map.of("Authorization", "Bearer " + jwt()),
                    Optional.of("{}".getBytes(StandardCharsets.UTF_8)));
            if (!reply.isGood()) {
                throw refused("it answers with " + reply.status(), address);
            }
            var json = JsonMapper.shared().readTree(reply.body());
            token = json.path("token").stringValue("");
            expires = Instant.parse(json.path("expires_at").stringValue(""));
        } catch (IOException | JacksonException | DateTimeException e) {
            throw refused(String.valueOf(e.getMessage()), address).because(e);
        }
    }

    private static UserError refused(String why, URI address) {
        return UserError.engine("GitHub gives no token for the app: " + Markdown.line(why))
                .at(address.toString())
                .fix("check the app's id, its key and the installation's number");
    }

    private String jwt() {
        var now = clock.instant();
        var claims = Map.of(
                "iss", app,
                "iat", now.minus(CLOCKS_DIFFER).getEpochSecond(),
                "exp", now.plus(LIFE).getEpochSecond());
        var content = encoded(Map.of("alg", "RS256", "typ", "JWT")) + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, ?> object) {
        var json = JsonMapper.shared().writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }
}
