package dev.stepzero.server.waivers;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.ship.findings.Findings;
import dev.stepzero.ship.waivers.AskedWaiver;
import dev.stepzero.ship.waivers.WaiverBook;
import java.time.LocalDate;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Asks for waivers of what a project has, and decides on them. */
@Component
public class WaiverRequests {
    private final WaiverBook waivers;
    private final Findings findings;

    WaiverRequests(WaiverBook waivers, Findings findings) {
        this.waivers = waivers;
        this.findings = findings;
    }

    /** Asks for one, as {@link WaiverBook#ask}. @throws ResponseStatusException 404 if the project has no such finding */
    public AskedWaiver ask(String project, long finding, String reason, LocalDate lastDay, Actor who) {
        var found = findings.find(finding)
                .filter(each -> each.project().equals(project))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return waivers.ask(found, reason, lastDay, who);
    }

    /** Decides on one, as {@link WaiverBook#decide}. @throws ResponseStatusException 404 if the project has no such one */
    public AskedWaiver decide(String project, long waiver, boolean granted, String note, Actor who) {
        if (waivers.find(waiver).filter(each -> each.project().equals(project)).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return waivers.decide(waiver, granted, note, who);
    }
}
