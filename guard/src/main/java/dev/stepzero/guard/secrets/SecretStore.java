package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretListener.SecretChange;
import dev.stepzero.guard.secrets.SecretListener.SecretChange.Kind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The secrets in PostgreSQL, each version under a data key of its own that a key outside the database wraps. Whoever
 * changes rows behind our back is found out when the secret is read.
 */
public final class SecretStore {
    /** How long the version before stays valid by default. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    private final Jdbi jdbi;
    private final SecretCrypt crypt;
    private final KeyEncryption keys;
    private final SecretListener listener;
    private final Clock clock;

    public SecretStore(Jdbi jdbi, KeyEncryption keys, SecretListener listener, Clock clock) {
        this.jdbi = jdbi;
        this.crypt = new SecretCrypt(keys, new SecureRandom());
        this.keys = keys;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Stores a new secret.
     *
     * @param canary whether a run ends when it shows up in the output
     * @param by who does so
     * @throws UserError if there is one of this name, or the value cannot be hidden in output
     */
    public void create(SecretId id, SecretValue value, boolean canary, String by) throws InterruptedException {
        value.requireStorable(id);
        if (new SecretRows(jdbi).head(id).isPresent()) {
            throw taken(id);
        }
        told(id, Kind.CREATED, 1, by);
        var version = new SecretVersion(id, 1);
        try (var sealed = crypt.seal(version, value)) {
            var head = new SecretHead(id, canary, 1, Optional.empty());
            var seal = sealed.seal(head);
            jdbi.useTransaction(handle -> {
                var rows = new SecretRows(handle);
                rows.insert(rows.insert(head, seal).orElseThrow(() -> taken(id)), sealed.row(), now());
            });
        }
    }

    /**
     * Gives a secret a new value.
     *
     * @param overlap how long the value before stays valid too; zero ends it at once, and heals a secret whose rows were
     *     altered
     * @return the new version
     * @throws UserError if there is no such secret, it was altered, or the value cannot be hidden in output
     */
    public int rotate(SecretId id, SecretValue value, Duration overlap, String by) throws InterruptedException {
        value.requireStorable(id);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw UserError.usage(
                            "two versions are valid together for at most %d days".formatted(LONGEST_OVERLAP.toDays()))
                    .fix("name a shorter time");
        }
        return jdbi.inTransaction(handle -> {
            var rows = new SecretRows(handle);
            var old = rows.lock(id).orElseThrow(() -> missing(id));
            if (!overlap.isZero()) {
                requireSealed(rows, old);
            }
            var number = 1
                    + rows.versions(old.row()).stream()
                            .mapToInt(SecretRows.Sealed::version)
                            .max()
                            .orElse(old.head().current());
            told(id, Kind.ROTATED, number, by);
            var previous = overlap.isZero()
                    ? Optional.<SecretHead.Previous>empty()
                    : Optional.of(new SecretHead.Previous(old.head().current(), now().plus(overlap)));
            var head = new SecretHead(id, old.head().canary(), number, previous);
            try (var sealed = crypt.seal(new SecretVersion(id, number), value)) {
                rows.update(old.row(), head, sealed.seal(head));
                rows.insert(old.row(), sealed.row(), now());
            }
            rows.keepOnly(old.row(), head);
            return number;
        });
    }

    /** Removes a secret with all its versions. */
    public void remove(SecretId id, String by) {
        jdbi.useTransaction(handle -> {
            var rows = new SecretRows(handle);
            var old = rows.lock(id).orElseThrow(() -> missing(id));
            told(id, Kind.REMOVED, old.head().current(), by);
            rows.delete(old.row());
        });
    }

    /** What there is, in the order of scopes and names; all of it where no project is named. */
    public List<SecretSummary> list(Optional<String> project) {
        return new SecretRows(jdbi).summaries(project);
    }

    /**
     * A page of them in that order.
     *
     * @param project the only one that is wanted
     * @param after the last of the page before
     */
    public List<SecretSummary> page(Optional<String> project, Optional<SecretId> after, int most) {
        return new SecretRows(jdbi).page(project, after, most);
    }

    public Optional<SecretSummary> find(SecretId id) {
        return new SecretRows(jdbi).summary(id);
    }

    /** The versions of a secret that there are, the newest first. */
    public List<SecretSummary.Version> versions(SecretId id) {
        var rows = new SecretRows(jdbi);
        var found = rows.head(id).orElseThrow(() -> missing(id));
        return rows.versions(found.row()).stream()
                .map(row -> new SecretSummary.Version(
                        row.version(),
                        row.wrapped().keyId(),
                        row.made(),
                        row.version() == found.head().current()
                                ? Optional.empty()
                                : Optional.of(found.head()
                                        .previous()
                                        .filter(previous -> previous.version() == row.version())
                                        .map(SecretHead.Previous::until)
                                        .orElse(row.made()))))
                .toList();
    }

    /**
     * Wraps every data key anew with the key that wraps now. The secrets themselves are not touched.
     *
     * @return how many were wrapped
     */
    public int rewrap(String by) throws InterruptedException {
        int wrapped = 0;
        for (var summary : list(Optional.empty())) {
            wrapped += rewrap(summary.id(), by);
        }
        keys.forgetAllBut(new SecretRows(jdbi).keysInUse());
        return wrapped;
    }

    private int rewrap(SecretId id, String by) throws InterruptedException {
        return jdbi.inTransaction(handle -> {
            var rows = new SecretRows(handle);
            var found = rows.lock(id);
            if (found.isEmpty()) {
                return 0;
            }
            int wrapped = 0;
            for (var row : rows.versions(found.get().row())) {
                if (!crypt.isCurrent(row.wrapped())) {
                    var version = new SecretVersion(id, row.version());
                    told(id, Kind.REWRAPPED, row.version(), by);
                    rows.rewrap(found.get().row(), row.version(), crypt.rewrap(version, row.wrapped()));
                    wrapped++;
                }
            }
            return wrapped;
        });
    }

    /**
     * A secret's valid values.
     *
     * @return empty if there is no such secret
     * @throws UserError if its rows are not as they were written
     */
    Optional<IssuedSecret> open(SecretId id) throws InterruptedException {
        // One transaction, so that a rotation meanwhile shows itself wholly or not at all.
        return jdbi.inTransaction(handle -> {
            var rows = new SecretRows(handle);
            var found = rows.share(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            requireSealed(rows, found.get());
            var head = found.get().head();
            var value = value(rows, found.get(), head.current());
            var previous = new ArrayList<SecretValue>();
            var before = head.previous().filter(each -> each.until().isAfter(clock.instant()));
            if (before.isPresent()) {
                previous.add(value(rows, found.get(), before.get().version()));
            }
            return Optional.of(new IssuedSecret(
                    id.name(), head.current(), value, previous.stream().findFirst(), head.canary()));
        });
    }

    void noteUse(SecretId id) {
        new SecretRows(jdbi).used(id, now());
    }

    private SecretValue value(SecretRows rows, SecretRows.Found found, int number) throws InterruptedException {
        var row = rows.version(found.row(), number)
                .orElseThrow(() -> truncated(found.head().id(), number));
        return crypt.open(new SecretVersion(found.head().id(), number), row);
    }

    private void requireSealed(SecretRows rows, SecretRows.Found found) throws InterruptedException {
        var head = found.head();
        var row = rows.version(found.row(), head.current()).orElseThrow(() -> truncated(head.id(), head.current()));
        crypt.requireSealed(head, found.seal(), row);
    }

    private void told(SecretId id, Kind kind, int version, String by) {
        listener.changed(new SecretChange(id, kind, version, by, clock.instant()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static UserError taken(SecretId id) {
        return UserError.usage("there is a secret %s already".formatted(id))
                .fix("give it a new value: stepzero secrets rotate, or remove it first");
    }

    static UserError missing(SecretId id) {
        return UserError.usage("there is no secret " + id).fix("see: stepzero secrets list");
    }

    private static UserError truncated(SecretId id, int number) {
        return UserError.blocked(
                        "version %d of %s is gone: its row was deleted behind Stepzero's back".formatted(number, id))
                .fix("find out who did so, then store a new value: stepzero secrets rotate --overlap 0s");
    }
}
