package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes what people do with their access into the log. */
@Component
class LoggedAudit implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger("dev.stepzero.audit");

    @Override
    public void record(Entry entry) {
        LOG.atInfo()
                .addKeyValue("action", entry.action())
                .addKeyValue("who", entry.who())
                .addKeyValue("on", entry.on())
                .addKeyValue("outcome", entry.succeeded() ? "done" : "refused")
                .addKeyValue("why", entry.why())
                .addKeyValue("address", entry.source().address())
                .log("audit");
    }
}
