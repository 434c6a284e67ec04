package dev.stepzero.server.secrets;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretListener;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.ship.decisions.SecretDecisions;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Component;

/** The secrets of all runs, in the name of whoever asks. */
@Component
public class KeptSecrets {
    private final ServerSettings settings;
    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Clock clock;

    KeptSecrets(ServerSettings settings, Jdbi jdbi, Ledger ledger, Clock clock) {
        this.settings = settings;
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** For reading alone: names, versions and times. */
    public SecretStore shown() {
        return store(SecretListener.NONE);
    }

    /** Each change is written into the ledger before it is made, or it is not made. */
    public SecretStore changedBy(Actor who) {
        return store(new SecretDecisions(ledger, who));
    }

    private SecretStore store(SecretListener listener) {
        return new SecretStore(jdbi, KeyEncryption.of(settings.home(), settings.environment()), listener, clock);
    }
}
