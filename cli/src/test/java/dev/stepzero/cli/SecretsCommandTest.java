package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.store.Database;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code stepzero secrets} does. */
@ResourceLock("System.in")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsCommandTest {
    private static final String[] SMOKE = {"--project", "shop", "--step", "smoke"};

    private Session session;
    private Database database;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        session = Session.withoutEngine(home.resolve("home"));
        database = session.database();
    }

    @AfterAll
    void stop() {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    void empty() {
        database.jdbi().useHandle(handle -> handle.execute("delete from secret"));
    }

    @Test
    void aSecretThatIsStoredIsListedWithoutItsValue() {
        var stored = run("correct horse\n", "set", "TOKEN");
        var listed = session.run("secrets", "list");

        assertThat(stored.all()).startsWith("exit 0").contains("TOKEN of shop/production/smoke is stored");
        assertThat(listed.out().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .matches("TOKEN +shop +production +smoke +1 +0 min +never *");
        assertThat(stored.all() + listed.all()).doesNotContain("horse");
    }

    @Test
    void aRotationTellsTheVersionAndUntilWhenTheOneBeforeIsValid() {
        run("correct horse\n", "set", "TOKEN");

        var rotated = run("battery staple\n", "rotate", "TOKEN", "--overlap", "2h");
        var versions = run("", "versions", "TOKEN");

        assertThat(rotated.out()).isEqualTo("version 2 of TOKEN of shop/production/smoke is current%n".formatted());
        assertThat(versions.out().lines().toList())
                .hasSize(3)
                .anyMatch(line -> line.matches("2 +0 min +file:[0-9a-f]{16} +current *"))
                .anyMatch(line -> line.matches("1 +0 min +file:[0-9a-f]{16} +valid until .*Z"));
        assertThat(session.run("secrets").out()).contains("the version before is valid until");
    }

    @Test
    void aRemovedSecretIsGone() {
        run("correct horse\n", "set", "TOKEN");

        assertThat(run("", "remove", "TOKEN").exitCode()).isZero();

        assertThat(session.run("secrets", "list").err()).contains("there are no secrets yet");
        assertThat(run("", "remove", "TOKEN").all()).startsWith("exit 2").contains("there is no secret TOKEN");
    }

    @Test
    void aNewKeyWrapsEverythingAnew() {
        run("correct horse\n", "set", "TOKEN");

        assertThat(session.run("secrets", "rewrap", "--new-key").out())
                .isEqualTo("1 key is wrapped anew%n".formatted());
        assertThat(session.run("secrets", "rewrap").out()).isEqualTo("0 keys are wrapped anew%n".formatted());
        assertThat(run("battery staple", "rotate", "TOKEN").exitCode()).isZero();
    }

    @Test
    void aValueIsNoArgument() {
        assertThat(run("", "set", "TOKEN", "correct horse").exitCode()).isEqualTo(2);
    }

    @Test
    void whatCannotBeHiddenOrMakesNoSenseIsRefused() {
        assertThat(run("abc\n", "set", "TOKEN").all()).startsWith("exit 2").contains("fewer than 4 characters");
        assertThat(run("", "set", "TOKEN").all()).startsWith("exit 2").contains("there is no value");
        assertThat(run("correct horse", "set", "token").all())
                .startsWith("exit 2")
                .contains("not a name for a secret");
        assertThat(run("correct horse", "set", "TOKEN", "--environment", "../x").all())
                .startsWith("exit 2")
                .contains("not a name for the environment");
        assertThat(run("x".repeat(20_000), "set", "TOKEN").all())
                .startsWith("exit 2")
                .contains("at most 16384");
        run("correct horse", "set", "TOKEN");
        assertThat(run("other value", "rotate", "TOKEN", "--overlap", "soon").all())
                .startsWith("exit 2")
                .contains("no time");
    }

    @Test
    void oneLineLosesItsEndAndSeveralLinesAreKept() {
        assertThat(piped("correct horse\n")).isEqualTo("correct horse");
        assertThat(piped("correct horse\r\n")).isEqualTo("correct horse");
        assertThat(piped("correct horse")).isEqualTo("correct horse");
        assertThat(piped(" a\nb\n\n")).isEqualTo(" a\nb\n\n");
        assertThatThrownBy(() -> piped("\n")).isInstanceOf(UserError.class);
    }

    private static String piped(String input) {
        try (SecretValue value = SecretInput.piped(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))) {
            return new String(value.copy(), StandardCharsets.UTF_8);
        }
    }

    private Session.Answer run(String input, String verb, String... words) {
        var all = new ArrayList<>(List.of("secrets", verb));
        all.addAll(List.of(words));
        all.addAll(List.of(SMOKE));
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return session.run(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }
}
