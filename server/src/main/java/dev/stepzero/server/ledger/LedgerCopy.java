package dev.stepzero.server.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerExport;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Jdbi;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Copies the ledger out, as it is read. It holds a connection to the database for as long as the reader takes, so that
 * there is one copy at a time.
 */
@Component
public class LedgerCopy {
    private final InstalledLedger ledger;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    LedgerCopy(InstalledLedger ledger, Jdbi jdbi, Clock clock) {
        this.ledger = ledger;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Writes the entries from a number on, with what verifying them takes. That somebody takes them is an entry too.
     *
     * @throws ResponseStatusException 404 if the ledger ends before that number
     * @throws UserError if somebody takes a copy already
     */
    public void write(long from, Actor who, HttpServletResponse response) throws IOException, InterruptedException {
        if (from > ledger.ledger().reader().size()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (!turn.tryAcquire()) {
            throw UserError.blocked("somebody takes an export already").fix("wait until it has ended");
        }
        try {
            tell(who);
            ledger.ledger().checkpoint();
            response.setContentType("application/jsonl");
            response.setHeader("Content-Disposition", "attachment; filename=\"ledger.jsonl\"");
            new LedgerExport(jdbi, ledger.keys().keys()).write(from, response.getOutputStream());
        } finally {
            turn.release();
        }
    }

    private void tell(Actor who) {
        var copied = Thing.of("ledger", ledger.ledger().reader().origin());
        ledger.ledger()
                .append(new Entry(who, "ledger.export", copied, clock.instant(), Outcome.SUCCEEDED, "", Details.NONE));
    }
}
