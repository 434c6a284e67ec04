package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a user sees who ships, whatever the target. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShipSpecification {
    private static final String HEALTHY = "answer(server, \"/__heartbeat__\", \"I am alive\");";

    private static final String SICK = """
            System.out.println("the moon is out of reach");
            server.createContext("/__heartbeat__", exchange -> {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            });
            """;

    private Session user;
    private @Nullable Database database;
    SmallService service;
    String first;

    /** A user at a machine that has the target; skips the tests, or fails, where there is none. */
    abstract Session user(Path home) throws Exception;

    /** The target's name. */
    abstract String target();

    @BeforeAll
    void shipTheFirstRelease(@TempDir Path directory) throws Exception {
        user = user(directory.resolve("home"));
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
        first = service.head();
        var answer = ship();
        assertThat(answer.exitCode()).as(answer.all()).isZero();
    }

    @AfterAll
    void remove() {
        if (database != null) {
            user.run("remove", "small", "--with-data");
            database.close();
        }
    }

    final Session.Answer ship() {
        return user.run("ship", service.directory().toString());
    }

    /** Makes the first release serve again, whatever another test left. */
    final void startWithTheFirst() throws Exception {
        service.reset(first);
        if (!service.answer("/__version__").contains(first)) {
            assertThat(ship().exitCode()).isZero();
        }
    }

    /** Both replicas' names; on a busy machine the load balancer may leave one out for a moment. */
    private Set<String> replicas() throws Exception {
        var names = new HashSet<String>();
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            for (var i = 0; i < 4; i++) {
                names.add(service.answer("/replica"));
            }
        } while (names.size() < 2 && System.nanoTime() < deadline);
        return names;
    }

    @Test
    void whatAReleaseIsMadeOfIsAttestedAndFoundWhereItServes() throws Exception {
        startWithTheFirst();

        var passport = user.run("verify", "small").out();
        var serving = user.run("affected", "pkg:generic/openjdk");
        var affected = user.run("affected");

        assertThat(passport).containsPattern("sbom +[1-9][0-9]* component");
        assertThat(serving.out()).contains("small/production", "/opt/java", "sha256:");
        assertThat(affected.exitCode()).as(affected.all()).isEqualTo(4);
        assertThat(affected.err()).contains("no advisories", "stepzero db import");
    }

    @Test
    void theNextReleaseTakesItsPlaceAndGivesItBackWithoutALostRequest() throws Exception {
        startWithTheFirst();
        var before = user.run("environments").out();
        String second;
        try (var clients = new Clients(service.address())) {
            second = service.commitReplaced("src/Small.java", "says hello", "says goodbye");
            var shipped = ship();
            assertThat(shipped.exitCode()).as(shipped.all()).isZero();
            assertThat(shipped.out()).contains("small " + second.substring(0, 12), "production", service.port() + "");
            clients.requireAnswers("small says hello", "small says goodbye");
        }
        var after = user.run("environments").out();
        assertThat(before).contains("small", "production", target(), first.substring(0, 12), service.port() + "");
        assertThat(after).contains(second.substring(0, 12)).doesNotContain(first.substring(0, 12));
        assertThat(colour(after)).isNotEqualTo(colour(before));

        try (var clients = new Clients(service.address())) {
            var rolledBack = user.run("rollback", "small");
            assertThat(rolledBack.exitCode()).as(rolledBack.all()).isZero();
            assertThat(rolledBack.out()).contains("small " + first.substring(0, 12) + " serves in production again");
            clients.requireAnswers("small says hello", "small says goodbye");
        }
        assertThat(service.answer("/__version__")).contains(first);
        var image = user.home().resolve("registry") + "@"
                + digest(user.run("verify", first).out());
        assertThat(user.run("verify", image).out())
                .as("the place alone tells where it was deployed, and by what")
                .containsPattern("deployed +production \\(" + target() + "\\) by rollback on ");
        assertThat(user.run("environments", "--history").out())
                .containsSubsequence(
                        first.substring(0, 12), "rollback", "serving", second.substring(0, 12), "ship", "replaced");
    }

    private static String colour(String environments) {
        return environments.contains(" blue ") ? "blue" : "green";
    }

    @Test
    void theSameCommitAgainChangesNothing() throws Exception {
        startWithTheFirst();
        var replicas = replicas();

        var again = ship();

        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(replicas()).hasSize(2).isEqualTo(replicas);
    }

    @Test
    void aRunIsShownWithItsStepsInTheOrderInWhichTheyBegan() {
        var runs = user.run("runs").out();
        var steps = user.run("runs", "1");

        assertThat(runs).contains("small", "production", "succeeded");
        assertThat(steps.out())
                .containsSubsequence("checkout", "fetch", "package", "image", "gate", "publish", "deploy", "confirm");
        assertThat(user.run("runs", "1", "--output", "deploy").out()).contains("traffic goes to blue");
        assertThat(user.run("runs", "1", "--output", "tset"))
                .returns(2, Session.Answer::exitCode)
                .satisfies(answer -> assertThat(answer.err()).contains("did you mean 'test'?"));
        assertThat(user.run("runs", "4711").exitCode()).isEqualTo(2);
    }

    @Test
    void aReleaseHasAPassport() throws Exception {
        startWithTheFirst();

        var passport = user.run("verify", first);

        assertThat(passport.exitCode()).as(passport.all()).isZero();
        assertThat(passport.out())
                .contains("verified: sha256:", first, "Ada <ada@example.org>", "PASSED, 1 tests", "PASS on")
                .contains("https://slsa.dev/provenance/v1", "signed by", "SHA256:", "production (" + target() + ")");
        var json = JsonMapper.shared()
                .readTree(user.run("verify", "small", "--format", "json").out());
        assertThat(json.path("verified").asBoolean()).isTrue();
        assertThat(json.at("/passport/verdict/decision").asString()).isEqualTo("PASS");
        assertThat(user.run("verify", "nothing").exitCode()).isEqualTo(2);
    }

    @Test
    void anImageIsVerifiedByAPublicKeyAlone(@TempDir Path directory) throws Exception {
        startWithTheFirst();
        var digest = digest(user.run("verify", first).out());
        var image = user.home().resolve("registry") + "@" + digest;
        var stranger = SigningKey.in(directory.resolve("keys")).verification().pem();
        var key = Files.writeString(
                directory.resolve("key.pem"),
                user.run("keys", "export", "small/production").out());
        var other = Files.writeString(directory.resolve("other.pem"), stranger);

        var right = user.run("verify", image, "--key", key.toString());
        var wrong = user.run("verify", image, "--key", other.toString(), "--format", "json");

        assertThat(right.exitCode()).as(right.all()).isZero();
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(wrong.out()).path("reason").asString())
                .contains("lacks the gate's verdict", "not trusted");
        assertThat(user.run("keys").out()).contains("small/production", "SHA256:", "signs");
    }

    @Test
    void whatRefusesAChangeIsAttestedAndReleasesNothing() throws Exception {
        startWithTheFirst();
        var broken = service.commitReplaced("test.sh", "time=\"0.1\"/>", "time=\"0.1\"><failure/></testcase>");

        var refused = ship();

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        var verified = user.run("verify", broken);
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.err())
                .contains("commit " + broken.substring(0, 12) + " was not released", "1 of 1 test failed");
        var run = verified.err().replaceFirst("(?s).*stepzero runs ([0-9]+).*", "$1");
        assertThat(user.run("runs", run).out())
                .containsPattern("attested +test +test-result +FAILED +signed by SHA256:");
        assertThat(user.run("runs", run, "--statements").out().lines())
                .anySatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("payloadType")
                                .asString())
                        .isEqualTo("application/vnd.in-toto+json"));
    }

    private static String digest(String passport) {
        return passport.replaceFirst("(?s).*verified: (sha256:[0-9a-f]{64}).*", "$1");
    }

    @Test
    void aReleaseWhoseEvidenceIsGoneDoesNotComeBack() throws Exception {
        startWithTheFirst();
        var digest = digest(user.run("verify", first).out());
        var second = service.commitReplaced("src/Small.java", "says hello", "says good morning");
        assertThat(ship().exitCode()).isZero();
        var index = user.home().resolve("registry/index.json");
        var complete = Files.readString(index);
        Files.writeString(index, complete.replace(digest.replace(':', '-') + ".sig", "taken-away"));

        var refused = user.run("rollback", "small", "--commit", first);
        Files.writeString(index, complete);

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.err()).contains("is refused: it is not signed", "to mend it: ship the commit again");
        assertThat(service.answer("/__version__")).contains(second);
        assertThat(user.run("rollback", "small", "--commit", first).exitCode()).isZero();
    }

    @Test
    void aReleaseThatNeverBecomesHealthyIsRolledBackAndItsOutputIsShown() throws Exception {
        startWithTheFirst();
        service.commitReplaced("src/Small.java", HEALTHY, SICK);
        service.commitReplaced("stepzero.yaml", "startTimeout: 30s", "startTimeout: 6s");

        var answer = ship();

        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(1);
        assertThat(answer.err())
                .contains("did not become healthy", "/__heartbeat__", "serves as before", "the moon is out of reach");
        assertThat(service.answer("/__version__")).contains(first);
        assertThat(user.run("environments").out()).contains(first.substring(0, 12));
    }
}
