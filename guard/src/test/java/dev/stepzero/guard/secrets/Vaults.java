package dev.stepzero.guard.secrets;

import dev.stepzero.guard.secrets.SecretIssuer.Asker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A store of secrets with a key file, a clock that a test moves, and a listener that remembers. */
final class Vaults extends Clock implements SecretListener {
    final List<SecretUse> uses = new ArrayList<>();
    final List<SecretChange> changes = new ArrayList<>();
    final KeyFile key;
    final SecretStore store;
    final SecretIssuer issuer;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    Vaults(Jdbi jdbi, Path directory) {
        this(jdbi, new KeyFile(directory.resolve("keys/secrets"), new SecureRandom()), List.of());
    }

    Vaults(Jdbi jdbi, KeyEncryptionKey current, List<KeyEncryptionKey> former) {
        this.key = current instanceof KeyFile file ? file : new KeyFile(Path.of("none"), new SecureRandom());
        this.store = new SecretStore(jdbi, new KeyEncryption(current, former), this, this);
        this.issuer = new SecretIssuer(store, this, this);
    }

    static SecretId id(String project, String environment, String step, String name) {
        return new SecretId(new SecretScope(project, environment, step), name);
    }

    static SecretValue value(String text) {
        return SecretValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(SecretValue value) {
        return new String(value.copy(), StandardCharsets.UTF_8);
    }

    void create(SecretId id, String text) throws InterruptedException {
        store.create(id, value(text), false, "alice");
    }

    int rotate(SecretId id, String text, Duration overlap) throws InterruptedException {
        return store.rotate(id, value(text), overlap, "alice");
    }

    /** What the step that a secret is for reads. */
    String read(SecretId id) throws InterruptedException {
        try (var secret = issue(id, TrustClass.TRUSTED).getFirst()) {
            return text(secret.value());
        }
    }

    List<IssuedSecret> issue(SecretId id, TrustClass trust) throws InterruptedException {
        return issuer.issue(new Asker(id.scope(), trust, "run 7"), List.of(id.name()));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void used(SecretUse use) {
        uses.add(use);
    }

    @Override
    public void changed(SecretChange change) {
        changes.add(change);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
