package dev.stepzero.server.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerExport;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.server.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Copies the whole ledger out, as it is read. It holds a connection to the database for as long as the reader takes, so
 * that there is one at a time.
 */
@Controller
class ExportDownload {
    private final Access access;
    private final InstalledLedger ledger;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    ExportDownload(Access access, InstalledLedger ledger, Jdbi jdbi, Clock clock) {
        this.access = access;
        this.ledger = ledger;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @PostMapping("/ledger/export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        if (!turn.tryAcquire()) {
            throw UserError.blocked("somebody takes an export already").fix("wait until it has ended");
        }
        try {
            var origin = ledger.ledger().reader().origin();
            ledger.ledger()
                    .append(new Entry(
                            access.actor(request),
                            "ledger.export",
                            Thing.of("ledger", origin),
                            clock.instant(),
                            Outcome.SUCCEEDED,
                            "",
                            Details.NONE));
            ledger.ledger().checkpoint();
            response.setContentType("application/jsonl");
            response.setHeader("Content-Disposition", "attachment; filename=\"ledger.jsonl\"");
            new LedgerExport(jdbi, ledger.keys().keys()).write(0, response.getOutputStream());
        } finally {
            turn.release();
        }
    }
}
