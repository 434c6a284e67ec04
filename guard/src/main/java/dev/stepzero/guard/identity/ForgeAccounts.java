package dev.stepzero.guard.identity;

import dev.stepzero.core.UserError;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Whose accounts at forges are whose, as administrators have entered it. An account belongs to one person. */
public final class ForgeAccounts {
    private final Jdbi jdbi;
    private final Clock clock;

    public ForgeAccounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Enters an account; entering it twice changes nothing.
     *
     * @throws UserError if it is somebody else's
     */
    public void add(long person, ForgeAccount account) {
        var holder = jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO forge_account (host, account, person_id, added_at)
                        VALUES (:host, :account, :person, :now)
                        ON CONFLICT (host, account) DO UPDATE SET person_id = forge_account.person_id
                        RETURNING person_id""")
                .bind("host", account.host())
                .bind("account", account.account())
                .bind("person", person)
                .bind("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .mapTo(Long.class)
                .one());
        if (holder != person) {
            throw UserError.blocked(account + " is somebody else's").fix("take it from them first");
        }
    }

    /** Takes an account from somebody; false if it was not theirs. */
    public boolean remove(long person, ForgeAccount account) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                DELETE FROM forge_account
                                WHERE host = :host AND account = :account AND person_id = :person""")
                        .bind("host", account.host())
                        .bind("account", account.account())
                        .bind("person", person)
                        .execute())
                == 1;
    }

    /** Somebody's accounts, by host and name. */
    public List<ForgeAccount> of(long person) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT host, account FROM forge_account WHERE person_id = :person ORDER BY host, account""")
                .bind("person", person)
                .map((rows, context) -> new ForgeAccount(rows.getString("host"), rows.getString("account")))
                .list());
    }

    /**
     * The number of the person whose account it is; what a forge calls an account may be anything. Names of accounts
     * that were renamed or deleted are given to others: an account is the one that was first seen by its name.
     *
     * @param forgeId what tells it from others at the forge for ever; empty if the forge does not say
     */
    public Optional<Long> holder(String host, String account, Optional<String> forgeId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE forge_account SET forge_id = coalesce(forge_id, :id)
                        WHERE host = lower(:host) AND account = lower(:account)
                          AND (forge_id IS NULL OR forge_id = :id)
                        RETURNING person_id""")
                .bind("host", host)
                .bind("account", account)
                .bind("id", forgeId.orElse(null))
                .mapTo(Long.class)
                .findOne());
    }
}
