package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.database.Database;
import dev.stepzero.invoicer.http.Caller.Person;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** The sessions of people signed in. The table has only hashes, so that reading it opens no session. */
final class Sessions {
    static final Duration LIFETIME = Duration.ofHours(8);

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;

    Sessions(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** Opens a session, and clears away those that have ended. */
    Person open(String name) {
        var secret = Token.random(random);
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("DELETE FROM sessions WHERE expires_at <= ?")) {
                statement.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
            var sql = "INSERT INTO sessions (id_hash, name, expires_at) VALUES (?, ?, ?)";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setBytes(1, Token.sha256(secret));
                statement.setString(2, name);
                statement.setObject(3, clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC));
                return statement.executeUpdate();
            }
        });
        return person(name, secret);
    }

    Optional<Person> find(String secret) {
        return database.transaction(connection -> {
            var sql = "SELECT name FROM sessions WHERE id_hash = ? AND expires_at > ?";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setBytes(1, Token.sha256(secret));
                statement.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(person(rows.getString(1), secret)) : Optional.empty();
                }
            }
        });
    }

    void close(Person person) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("DELETE FROM sessions WHERE id_hash = ?")) {
                statement.setBytes(1, Token.sha256(person.session()));
                return statement.executeUpdate();
            }
        });
    }

    private static Person person(String name, String secret) {
        return new Person(name, secret, Token.derive(secret, "csrf"));
    }
}
