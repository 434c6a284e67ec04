package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Home;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.server.ListenAddress;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.store.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Commands that ask a server instead of this machine. */
@ResourceLock("System.in")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCommandsTest {
    private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";
    private static final String COMMIT = "c".repeat(40);

    private Database database;
    private Server server;
    private Session session;
    private long run;
    private long finding;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        var there = Session.withoutEngine(home.resolve("server"));
        database = there.database();
        // Commands do not log, and so there is no logging for the server to set up either.
        System.setProperty(LOGGING, "none");
        server = Server.start(new ServerSettings(
                ListenAddress.parse("127.0.0.1:0"),
                Optional.empty(),
                Optional.empty(),
                new Home(there.home()),
                there.environment()));
        session = Session.withoutEngine(home.resolve("user"))
                .with("STEPZERO_SERVER", server.address().toString());
        fill();
    }

    private void fill() {
        database.jdbi().useHandle(handle -> {
            run = handle.createQuery("""
                            insert into run (project, environment, target, commit_id, pipeline, status, started_at,
                                             ended_at, lane, ref, requested_by)
                            values ('shop', 'production', 'process', ?, 'p', 'blocked', now() - interval '2 minutes',
                                    now(), 'production', 'refs/heads/main', 'ada') returning id""").bind(0, COMMIT).mapTo(Long.class).one();
            handle.execute("""
                    insert into step (run_id, name, stage, attempt, status, started_at, ended_at, reason)
                    values (?, 'test', 'verify', 1, 'blocked', now() - interval '1 minute', now(), '2 tests failed')""", run);
            handle.execute("""
                    insert into step_output (run_id, step, attempt, number, line)
                    select ?, 'test', 1, n, 'line ' || n from generate_series(1, 2500) n""", run);
            finding = handle.createQuery("""
                            insert into finding (project, environment, scanner, fingerprint, rule, severity, title,
                                message, fix, resource, path, line, end_line, state, first_run, first_seen, last_run,
                                last_seen)
                            values ('shop', 'production', 'scan-source', 'f', 'open-port', 2, 'A port is open',
                                'Anybody reaches it.', 'Close it.', 'web', 'main.tf', 7, 7, 'open', :run, now(), :run,
                                now()) returning id""").bind("run", run).mapTo(Long.class).one();
            handle.createUpdate("""
                            with made as (
                                insert into release (project, commit_id, image, run_id, created_at)
                                values ('shop', :commit, 'sha256:' || repeat('a', 64), :run, now()) returning id)
                            insert into deployment (release_id, environment, target, run_id, kind, status, colour,
                                                    address, declared, started_at, served_at)
                            select id, 'production', 'process', :run, 'ship', 'serving', 'blue',
                                   'http://127.0.0.1:1', '{}', now(), now() from made""").bind("commit", COMMIT).bind("run", run).execute();
        });
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        System.clearProperty(LOGGING);
        if (database != null) {
            database.close();
        }
    }

    private String token(Role role, boolean writes) {
        var people = new People(database.jdbi(), Clock.systemUTC());
        var name = role.word() + System.nanoTime();
        var person = people.add(name, "", "");
        people.grant(person.id(), Grant.everywhere(role));
        return new ApiTokens(database.jdbi(), Clock.systemUTC(), new SecureRandom())
                .create(
                        person,
                        Roles.NONE.with(Grant.everywhere(role)),
                        "laptop",
                        Grant.everywhere(role),
                        writes,
                        Duration.ofDays(1))
                .text();
    }

    private Session as(Role role) {
        return session.with("STEPZERO_TOKEN", token(role, true));
    }

    private static Session.Answer typing(String input, Session session, String... words) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return session.run(words);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void runsAreThoseOfTheServer() {
        var viewer = as(Role.VIEWER);

        assertThat(viewer.run("runs").out().lines().toList())
                .anyMatch(line -> line.matches(run + " +shop +production +c{12} +blocked +2 m .*"));
        assertThat(viewer.run("runs", "" + run).out())
                .contains("asked for by ada, from refs/heads/main")
                .contains("2 tests failed");
        assertThat(viewer.run("runs", "" + run, "--output", "test").out().lines())
                .hasSize(2500)
                .endsWith("line 2500");
        assertThat(viewer.run("runs", "" + run, "--output", "tset").all()).contains("did you mean 'test'");
        assertThat(viewer.run("runs", "999999").all()).startsWith("exit 2").contains("no such thing");
    }

    @Test
    void environmentsAndTheirHistoryAreThoseOfTheServer() {
        var viewer = as(Role.VIEWER);

        assertThat(viewer.run("environments").out()).contains("shop").contains("http://127.0.0.1:1");
        assertThat(viewer.run("environments", "--history").out()).contains("serving");
    }

    @Test
    void findingsAreListedAndShown() {
        var viewer = as(Role.VIEWER);

        assertThat(viewer.run("findings", "--severity", "high").out())
                .contains("open-port")
                .contains("main.tf:7");
        assertThat(viewer.run("findings", "" + finding).out()).contains("to mend it: Close it.");
        assertThat(viewer.run("findings", "--severity", "huge").all())
                .startsWith("exit 2")
                .contains("severity");
    }

    @Test
    void aWaiverIsAskedForByOneAndGrantedByAnother() {
        var until = LocalDate.now(ZoneOffset.UTC).plusDays(5).toString();

        var asked =
                as(Role.DEVELOPER).run("waivers", "ask", "" + finding, "--until", until, "--reason", "behind the VPN");
        var number = asked.out().split(" ")[0];
        var granted = as(Role.SECURITY).run("waivers", "grant", number);

        assertThat(asked.out()).contains("asked").contains("behind the VPN");
        assertThat(granted.out()).contains("granted");
        assertThat(as(Role.SECURITY)
                        .run("waivers", "refuse", number, "--note", "no")
                        .all())
                .startsWith("exit 1");
        assertThat(as(Role.VIEWER).run("waivers", "--state", "granted").out()).contains("open-port");
    }

    @Test
    void secretsAreKeptByTheServer() {
        var operator = as(Role.OPERATOR);
        var which = new String[] {"--project", "shop", "--step", "smoke"};

        var set = typing("correct horse\n", operator, with(which, "secrets", "set", "TOKEN"));
        var rotated =
                typing("battery staple\n", operator, with(which, "secrets", "rotate", "TOKEN", "--overlap", "2h"));

        assertThat(set.all()).startsWith("exit 0").contains("TOKEN of shop/production/smoke is stored");
        assertThat(rotated.out()).contains("version 2 of TOKEN");
        assertThat(operator.run("secrets", "list", "--project", "shop").out())
                .contains("TOKEN")
                .contains("the version before is valid until");
        assertThat(operator.run(with(which, "secrets", "versions", "TOKEN"))
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(operator.run(with(which, "secrets", "remove", "TOKEN")).out())
                .contains("is removed");
        assertThat(set.all() + rotated.all()).doesNotContain("horse", "staple");
    }

    private static String[] with(String[] options, String... words) {
        var all = java.util.Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return all;
    }

    @Test
    void theLedgerIsTheServers() {
        typing("correct horse\n", as(Role.OPERATOR), "secrets", "set", "AUDITED", "--project", "shop");
        var auditor = as(Role.AUDITOR);

        var found = auditor.run("audit", "secret.change", "--project", "shop");
        var number = found.out().lines().skip(1).findFirst().orElseThrow().split(" ")[0];

        assertThat(found.out()).contains("operator").contains("/laptop");
        assertThat(auditor.run("audit", "show", number).out()).contains("secret.change");
        assertThat(auditor.run("audit", "--limit", "1", "--format", "json").out())
                .startsWith("{\"entry\":");
    }

    @Test
    void aRefusalSaysWhichRightIsMissing() {
        var refused = typing("correct horse\n", as(Role.VIEWER), "secrets", "set", "TOKEN", "--project", "shop");
        var reading = session.with("STEPZERO_TOKEN", token(Role.OPERATOR, false));

        assertThat(refused.all()).startsWith("exit 2").contains("the role operator");
        assertThat(typing("correct horse\n", reading, "secrets", "set", "T", "--project", "shop")
                        .all())
                .startsWith("exit 2")
                .contains("only reads");
        assertThat(session.with("STEPZERO_TOKEN", "stepzero_wrong").run("runs").all())
                .startsWith("exit 2")
                .contains("does not take this token");
    }

    @Test
    void aServerThatIsNotThereIsExitCode4() {
        var away = as(Role.VIEWER).with("STEPZERO_SERVER", "http://127.0.0.1:1");

        assertThat(away.run("runs").all()).startsWith("exit 4").contains("cannot be reached");
        assertThat(away.run("runs", "--server", server.address().toString()).exitCode())
                .as("the option comes first")
                .isZero();
    }

    @Test
    void aTokenIsNeverSentInTheClear() {
        for (var address :
                new String[] {"http://example.org", "http://127.0.0.1.example.org", "http://localhost@evil.org"}) {
            assertThat(as(Role.VIEWER).run("runs", "--server", address).all())
                    .as(address)
                    .startsWith("exit 2");
        }
        assertThat(as(Role.VIEWER).run("runs", "--server", "ftp://localhost").all())
                .startsWith("exit 2");
        assertThat(as(Role.VIEWER)
                        .run("runs", "--server", server.address() + "/api")
                        .all())
                .startsWith("exit 2");
    }

    @Test
    void loginKeepsATokenThatOnlyItsOwnerCanReadAndLogoutRemovesIt() throws IOException {
        var address = server.address().toString();
        var file = session.home().resolve("logins.json");

        assertThat(session.run("runs").all()).startsWith("exit 2").contains("stepzero login " + address);
        assertThat(typing("stepzero_wrong\n", session, "login", address).all()).startsWith("exit 2");
        assertThat(file).doesNotExist();

        var signedIn = typing(token(Role.VIEWER, true) + "\n", session, "login", address);

        assertThat(signedIn.all()).startsWith("exit 0").contains("signed in at " + address + " as viewer");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(session.run("runs").exitCode()).isZero();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(session.run("runs").all()).startsWith("exit 3").contains("others have access");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(session.run("logout", address).exitCode()).isZero();
        assertThat(session.run("runs").exitCode()).isEqualTo(2);
        assertThat(session.run("logout", address).exitCode()).isEqualTo(2);
    }

    @Test
    void aTokenIsReadFromAFile() throws IOException {
        var file = Files.writeString(session.home().resolve("token"), token(Role.VIEWER, true) + "\n");

        assertThat(session.with("STEPZERO_TOKEN_FILE", file.toString())
                        .run("runs")
                        .exitCode())
                .isZero();
        assertThat(session.with("STEPZERO_TOKEN_FILE", file + "-none")
                        .run("runs")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void whatOnlyAServerKnowsIsAskedOfOne() {
        assertThat(session.with("STEPZERO_SERVER", "").run("findings").all()).contains("name one: --server URL");
    }

    @Test
    void aRollbackThatCannotBeIsRefused() {
        var operator = as(Role.OPERATOR);

        assertThat(operator.run("rollback", "shop").all()).startsWith("exit 2").contains("--reason");
        assertThat(operator.run("rollback", "shop", "--reason", "a test").all())
                .startsWith("exit 2")
                .contains("no such thing");
        assertThat(operator.run("rollback", "shop", "--reason", "a test", "--commit", COMMIT.substring(0, 8))
                        .all())
                .as("what serves already, and was never attested")
                .startsWith("exit 1");
    }
}
