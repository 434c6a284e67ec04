package dev.stepzero.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DutiesTest {
    private static final Principal EVERYTHING = person(7, Role.values());

    @Test
    void whoWroteAChangeCannotApproveIt() {
        assertThat(Duties.againstApproval(EVERYTHING, "alpha", Set.of(7L, 8L))).isPresent();
        assertThat(Duties.againstApproval(EVERYTHING, "alpha", Set.of(8L))).isEmpty();
    }

    @Test
    void onlyAnApproverOfTheProjectApproves() {
        assertThat(Duties.againstApproval(person(7, Role.ADMINISTRATOR), "alpha", Set.of(8L)))
                .isPresent();
    }

    @Test
    void whoAsksForAWaiverCannotDecideOnIt() {
        assertThat(Duties.againstWaiver(EVERYTHING, "alpha", 7)).isPresent();
        assertThat(Duties.againstWaiver(EVERYTHING, "alpha", 8)).isEmpty();
        assertThat(Duties.againstWaiver(person(7, Role.APPROVER), "alpha", 8)).isPresent();
    }

    @Test
    void programsDecideNothing() {
        var token = new ApiToken(
                7,
                "ci",
                java.util.Optional.of(3L),
                Grant.everywhere(Role.APPROVER),
                true,
                Instant.EPOCH,
                Instant.MAX,
                java.util.Optional.empty(),
                "");

        assertThat(Duties.againstApproval(Principal.token(token, "jane"), "alpha", Set.of()))
                .isPresent();
        assertThat(Duties.againstWaiver(Principal.token(token, "jane"), "alpha", 8))
                .isPresent();
    }

    @Test
    void nobodyGivesARoleToThemselves() {
        assertThat(Duties.againstGrant(EVERYTHING, named("jane"))).isPresent();
        assertThat(Duties.againstGrant(EVERYTHING, named("john"))).isEmpty();
    }

    @Test
    void nobodyGivesARoleToThemselvesByATokenOfTheirs() {
        var token = Principal.token(
                new ApiToken(
                        8,
                        "laptop",
                        java.util.Optional.of(7L),
                        Grant.everywhere(Role.ADMINISTRATOR),
                        true,
                        Instant.EPOCH,
                        Instant.MAX,
                        java.util.Optional.empty(),
                        ""),
                "jane");

        assertThat(Duties.againstGrant(token, named("jane"))).isPresent();
        assertThat(Duties.againstGrant(token, named("john"))).isEmpty();
    }

    private static Person named(String name) {
        return new Person(9, name, "", "", true, Instant.EPOCH);
    }

    private static Principal person(long id, Role... roles) {
        var all = Roles.NONE;
        for (var role : roles) {
            all = all.with(Grant.everywhere(role));
        }
        var session = new Session(1, id, Set.of(), "", "", Instant.EPOCH, Instant.EPOCH, Instant.MAX);
        return Principal.person(new Person(id, "jane", "Jane", "", true, Instant.EPOCH), all, session, false);
    }
}
