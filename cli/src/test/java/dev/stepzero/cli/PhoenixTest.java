package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What becomes known of a release that serves, and what is done about it by nobody. */
class PhoenixTest {
    private static final String PACKAGE = "lunar-calendar";

    @TempDir
    private Path directory;

    private Session user;
    private @Nullable Database database;
    private SmallService service;
    private Mirror mirror;

    @BeforeEach
    void shipAServiceWithAPackageOfTheMirror() throws Exception {
        mirror = new Mirror(directory.resolve("mirror"));
        mirror.publish(PACKAGE, "1.0-1");
        user = Session.withoutEngine(directory.resolve("home"))
                .with("STEPZERO_DEBIAN_ARCHIVE", mirror.besideTheMachines());
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
        service.commitReplaced(
                "stepzero.yaml", "build:", "owners: [ops@example.org]\nbuild:\n  packages: [%s]".formatted(PACKAGE));
        var shipped = user.run("ship", service.directory().toString());
        if (shipped.err().contains("cannot be reached") && !"1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            Assumptions.abort("no Debian archive answers: " + shipped.err());
        }
        assertThat(shipped.exitCode()).as(shipped.all()).isZero();
    }

    @AfterEach
    void remove() {
        if (database != null) {
            user.run("remove", "small", "--with-data");
            database.close();
        }
    }

    @Test
    void aFixInTheArchiveReplacesWhatServesUntouchedByHand() throws Exception {
        var served = service.head();
        var vulnerable = image();
        service.commit(Map.of("notes.txt", "not released yet"));
        mirror.publish(PACKAGE, "1.0-2");
        advisory("DEBIAN-CVE-2030-1", "1.0-2");

        Session.Answer imported;
        try (var clients = new Clients(service.address())) {
            imported = importAdvisories();
            clients.requireAnswers("small says hello");
        }

        assertThat(imported.exitCode()).as(imported.all()).isZero();
        assertThat(imported.out())
                .contains("small/production: commit " + served.substring(0, 12), "serves again, on a newer base")
                .contains("mended: DEBIAN-CVE-2030-1 in pkg:deb/debian/lunar-calendar@1.0-1");
        assertThat(imported.err())
                .contains("HEAD is at " + service.head().substring(0, 12))
                .contains("DEBIAN-CVE-2030-1 in lunar-calendar 1.0-1, now 1.0-2");
        assertThat(service.answer("/__version__")).contains(served);
        assertThat(image()).isNotEqualTo(vulnerable);
        assertThat(user.run("affected", "pkg:deb/debian/" + PACKAGE).out())
                .contains(PACKAGE + "@1.0-2", image().substring(0, 19));
        assertThat(user.run("affected").err()).contains("nothing that serves is known to be affected");
        assertThat(user.run("environments").out()).containsPattern("production .*phoenix");
        assertThat(user.run("environments", "--history").out())
                .containsSubsequence("phoenix", "serving", "DEBIAN-CVE-2030-1", "ship", "replaced");
        assertThat(user.run("runs").out()).contains("rebuilt for DEBIAN-CVE-2030-1 in lunar-calendar 1.0-1, now 1.0-2");

        var passport = JsonMapper.shared()
                .readTree(user.run("verify", "small", "--format", "json").out())
                .path("passport");
        assertThat(passport.at("/rebuilt/replaces").asString()).startsWith(vulnerable);
        assertThat(passport.at("/rebuilt/lock").asString()).startsWith("sha256:");
        assertThat(passport.path("base").toString()).contains(PACKAGE + " 1.0-2");
        assertThat(passport.path("evidence").size()).isGreaterThan(5);
        assertThat(user.run("verify", "small").out()).contains("rebuilt", "for DEBIAN-CVE-2030-1");

        var again = importAdvisories();
        var asked = user.run("rebuild", "small");

        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.out()).doesNotContain("small/production");
        assertThat(asked.exitCode()).as(asked.all()).isZero();
        assertThat(asked.err()).contains("no rebuild mends anything");
        assertThat(user.query("select id from run")).hasSize(2);

        var refused = user.run("rollback", "small");
        var reasoned = user.run("rollback", "small", "--reason", "the moon rises twice");
        var after = importAdvisories();

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("brings back what a gate blocks: DEBIAN-CVE-2030-1 in lunar-calendar", "--reason");
        assertThat(reasoned.exitCode()).as(reasoned.all()).isZero();
        assertThat(user.run("environments", "--history").out()).contains("rollback", "the moon rises twice");
        assertThat(after.exitCode()).as(after.all()).isZero();
        assertThat(image()).isEqualTo(vulnerable);
    }

    @Test
    void whatTheGateRefusesIsSaidOnceAndServesAsBefore() throws Exception {
        var vulnerable = image();
        mirror.publish(PACKAGE, "1.0-2");
        advisory("DEBIAN-CVE-2030-1", "1.0-2");
        advisory("DEBIAN-CVE-2030-2", "");

        var first = importAdvisories();
        var second = importAdvisories();

        assertThat(first.exitCode()).as(first.all()).isEqualTo(1);
        assertThat(first.out())
                .contains("the rebuild is refused, and image " + vulnerable.substring(0, 19), "serves as before")
                .contains("NEW    high      DEBIAN-CVE-2030-2", "stepzero vex draft", "owners: ops@example.org");
        assertThat(image()).isEqualTo(vulnerable);
        assertThat(service.answer("/__version__")).contains(service.head());
        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(second.out()).doesNotContain("small");
        assertThat(user.query("select status from run order by id"))
                .containsExactly(Map.of("status", "succeeded"), Map.of("status", "blocked"));
    }

    private String image() throws InterruptedException {
        return user.query("""
                        select r.image from deployment d join release r on r.id = d.release_id
                        where d.status = 'serving'""").getFirst().get("image").toString();
    }

    private Session.Answer importAdvisories() {
        return user.run("db", "import", directory.resolve("advisories").toString());
    }

    /** An advisory on the package; without a fix where that is empty. */
    private void advisory(String id, String fixed) throws IOException {
        var events = fixed.isEmpty()
                ? List.of("{\"introduced\": \"0\"}")
                : List.of("{\"introduced\": \"0\"}", "{\"fixed\": \"%s\"}".formatted(fixed));
        Files.writeString(
                Files.createDirectories(directory.resolve("advisories")).resolve(id + ".json"),
                """
                {"id": "%s", "modified": "2026-11-01T00:00:00Z", "summary": "The moon is full of holes",
                 "database_specific": {"severity": "HIGH"},
                 "affected": [{"package": {"ecosystem": "Debian:12", "name": "%s"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [%s]}]}]}
                """.formatted(id, PACKAGE, String.join(", ", events)));
    }
}
