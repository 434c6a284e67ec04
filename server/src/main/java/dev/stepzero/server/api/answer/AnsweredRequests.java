package dev.stepzero.server.api.answer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table {@code answered_request}. Of a key only a hash is stored, and of a request only a digest under that key, so
 * that nobody who reads the table can guess what was sent: it may have been a password.
 */
@Component
class AnsweredRequests {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final Jdbi jdbi;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    AnsweredRequests(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A key of a caller, with the request that it came with. */
    record Keyed(String keyHash, String digest) {
        static Keyed of(String caller, String key, String request, byte[] body) {
            try {
                var hash = MessageDigest.getInstance("SHA-256");
                hash.update((caller + "\n" + key).getBytes(StandardCharsets.UTF_8));
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
                mac.update((request + "\n").getBytes(StandardCharsets.UTF_8));
                var hex = HexFormat.of();
                return new Keyed(hex.formatHex(hash.digest()), hex.formatHex(mac.doFinal(body)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean isSameRequest(String other) {
            return digest.equals(other);
        }
    }

    /** What was answered. */
    record Stored(int status, Map<String, String> headers, String body) {}

    /** A request that came before under the key; without an answer it is under way, or its server ended. */
    record Earlier(String digest, OffsetDateTime begunAt, Optional<Stored> answer) {}

    /** Begins a request; if the key was used within a day, answers that use instead and begins nothing. */
    Optional<Earlier> begin(Keyed keyed) {
        return jdbi.inTransaction(handle -> {
            handle.execute("delete from answered_request where begun_at <= ?", now().minus(KEPT));
            var begun = handle.execute(
                    "insert into answered_request (key_hash, digest, begun_at) values (?, ?, ?) on conflict do nothing",
                    keyed.keyHash(),
                    keyed.digest(),
                    now());
            return begun > 0
                    ? Optional.empty()
                    : Optional.of(handle.createQuery("select * from answered_request where key_hash = :hash")
                            .bind("hash", keyed.keyHash())
                            .map((row, context) -> earlier(row))
                            .one());
        });
    }

    private Earlier earlier(ResultSet row) throws SQLException {
        var status = row.getObject("status", Integer.class);
        return new Earlier(
                row.getString("digest"),
                row.getObject("begun_at", OffsetDateTime.class),
                status == null ? Optional.empty() : Optional.of(stored(status, row)));
    }

    private Stored stored(int status, ResultSet row) throws SQLException {
        return new Stored(status, json.readValue(row.getString("headers"), HEADERS), row.getString("body"));
    }

    /** Keeps an answer. */
    void answered(Keyed keyed, Stored answer) {
        jdbi.useHandle(handle -> handle.execute(
                "update answered_request set status = ?, headers = cast(? as jsonb), body = ? where key_hash = ?",
                answer.status(),
                json.writeValueAsString(answer.headers()),
                answer.body(),
                keyed.keyHash()));
    }

    /** Forgets a request that came to nothing, so that it may be tried again. */
    void forget(Keyed keyed) {
        jdbi.useHandle(handle -> handle.execute("delete from answered_request where key_hash = ?", keyed.keyHash()));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
