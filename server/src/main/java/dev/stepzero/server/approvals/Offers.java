package dev.stepzero.server.approvals;

import dev.stepzero.server.access.Access;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.WaitingChange;
import org.springframework.http.HttpMethod;

/** What is offered to the viewer; each request is held to the matrix again. */
public record Offers(Access access) {
    public boolean mayGive(WaitingChange change) {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, path(change)))
                .isPresent();
    }

    /** Whoever bypassed a review does not look at it afterwards. */
    public boolean mayLookAt(Bypass bypass) {
        return access.principal()
                .filter(one -> !one.name().equals(bypass.principal()))
                .filter(one -> access.allows(one, HttpMethod.POST, path(bypass)))
                .isPresent();
    }

    public String path(WaitingChange change) {
        return "/projects/%s/changes/%d/opinion"
                .formatted(change.verified().run().key().project(), change.number());
    }

    public String path(Bypass bypass) {
        return "/projects/%s/bypasses/%d/review".formatted(bypass.project(), bypass.id());
    }
}
