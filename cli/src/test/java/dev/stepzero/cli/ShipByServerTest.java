package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line at one machine, the server that builds and deploys at another. {@code bench/chaos} runs it. */
@Tag("chaos")
class ShipByServerTest {
    private static final Pattern ADDRESS = Pattern.compile("Stepzero serves at (http://\\S+)");

    @Test
    void aCommitIsShippedByTheServerAndItsRunIsFollowedToTheEnd(@TempDir Path directory) throws Exception {
        try (var served = ServedService.in(directory)) {
            var developer = developer(served, directory.resolve("laptop"));

            var shipped = developer.run("ship", served.service().directory().toString());

            assertThat(shipped.exitCode()).as(shipped.all()).isZero();
            assertThat(shipped.out())
                    .contains(served.service().head().substring(0, 12) + " is in production")
                    .contains(served.service().address().toString());
            served.requireOneDeployment();
            // Whose token it was, and which of them.
            assertThat(served.user().query("select requested_by from run_request"))
                    .containsExactly(Map.of("requested_by", "grace/laptop"));
        }
    }

    @Test
    void aCommitThatTheServerDoesNotHaveIsRefusedInWords(@TempDir Path directory) throws Exception {
        try (var served = ServedService.in(directory)) {
            var developer = developer(served, directory.resolve("laptop"));
            var elsewhere = SmallService.in(directory.resolve("elsewhere/small"));

            var refused = developer.run("ship", elsewhere.directory().toString());

            assertThat(refused.exitCode()).as(refused.all()).isNotZero();
            assertThat(refused.err()).contains(elsewhere.head().substring(0, 7));
            assertThat(served.user().query("select id from deployment")).isEmpty();
        }
    }

    /** Somebody whose home has nothing but a token for the server. */
    private static Session developer(ServedService served, Path home) throws Exception {
        var address = ADDRESS.matcher(served.startServer().text());
        assertThat(address.find()).isTrue();
        return Session.withoutEngine(home)
                .with("STEPZERO_SERVER", address.group(1))
                .with("STEPZERO_TOKEN", token(served));
    }

    private static String token(ServedService served) throws Exception {
        try (var database = served.user().database()) {
            var people = new People(database.jdbi(), Clock.systemUTC());
            var grace = people.add("grace", "", "");
            var grant = Grant.in("small", Role.DEVELOPER);
            people.grant(grace.id(), grant);
            return new ApiTokens(database.jdbi(), Clock.systemUTC(), new SecureRandom())
                    .create(grace, people.roles(grace.id()), "laptop", grant, true, Duration.ofHours(1))
                    .text();
        }
    }
}
