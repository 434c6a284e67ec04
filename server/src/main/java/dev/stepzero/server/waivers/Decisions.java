package dev.stepzero.server.waivers;

import dev.stepzero.server.access.Access;
import dev.stepzero.ship.waivers.AskedWaiver;
import org.springframework.http.HttpMethod;

/** Which decisions are offered to the viewer; the request itself is held to the matrix again. */
public record Decisions(Access access) {
    /** Whether the viewer may decide on a waiver: it waits, and somebody else asked for it. */
    public boolean mayDecide(AskedWaiver waiver) {
        return waiver.state() == AskedWaiver.State.ASKED
                && access.principal()
                        .filter(one -> !one.name().equals(waiver.askedBy()))
                        .filter(one -> access.allows(one, HttpMethod.POST, path(waiver)))
                        .isPresent();
    }

    /** Where a decision is sent. */
    public String path(AskedWaiver waiver) {
        return "/projects/%s/waivers/%d/decision".formatted(waiver.project(), waiver.id());
    }
}
