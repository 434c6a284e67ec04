package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.report.Reporting;
import org.springframework.stereotype.Component;

/** Tells forges how runs stand. */
@Component
class ReportWorker extends Workers {
    private static final int THREADS = 4;

    ReportWorker(Reporting reporting) {
        super("reports", THREADS, reporting::once);
    }
}
