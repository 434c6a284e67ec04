package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private Session user;
    private AutoCloseable standing;

    @TempDir
    Path directory;

    /** The server runs on from command to command. */
    @BeforeEach
    void somethingWasDone() throws Exception {
        user = Session.withoutEngine(directory.resolve("home"));
        standing = user.database();
        for (var i = 0; i < 3; i++) {
            require(0, user.run("audit", "export", "--output", export().toString()));
        }
    }

    @AfterEach
    void stop() throws Exception {
        standing.close();
    }

    private Path export() {
        return directory.resolve("ledger.jsonl");
    }

    @Test
    void entriesAreListedAndShown() {
        var list = require(0, user.run("audit", "ledger.export", "--limit", "2"));
        assertThat(list.out())
                .contains("NUMBER", "ledger.export", "succeeded", "os:" + System.getProperty("user.name"));
        assertThat(list.err()).contains("--before 1");
        assertThat(require(0, user.run("audit", "--who", "nobody")).out().lines())
                .hasSize(1);
        assertThat(require(0, user.run("audit", "--format", "json")).out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"entry\":"));
        assertThat(require(0, user.run("audit", "show", "1")).out()).contains("ledger.export", "leaf hash");
        assertThat(require(0, user.run("audit", "show", "1", "--proof")).out())
                .contains("index 1", "\u2014 stepzero.dev/ledger/");
        assertThat(require(2, user.run("audit", "show", "99")).err()).contains("there is no entry 99");
        assertThat(require(2, user.run("audit", "--since", "yesterday")).err()).contains("not a time");
        assertThat(require(0, user.run("audit", "actions")).out()).contains("gate.judge", "key.rotate");
    }

    @Test
    void whatNobodyTamperedWithVerifiesHereAndOffline() throws Exception {
        assertThat(require(0, user.run("audit", "verify")).out()).contains("entries 0 to 2", "nothing was altered");
        var key = Files.writeString(
                directory.resolve("ledger.pem"),
                require(0, user.run("keys", "export", "ledger")).out());
        var checkpoint = Files.writeString(
                directory.resolve("checkpoint"),
                require(0, user.run("audit", "checkpoint", "--since", "0"))
                        .out()
                        .substring("old 0\n\n".length()));
        var stranger = Session.withoutEngine(directory.resolve("elsewhere"));

        require(
                0,
                stranger.run(
                        "audit",
                        "verify",
                        export().toString(),
                        "--key",
                        key.toString(),
                        "--checkpoint",
                        checkpoint.toString()));

        assertThat(require(2, stranger.run("audit", "verify", export().toString()))
                        .err())
                .contains("does not vouch for itself");
        assertThat(require(3, stranger.run("audit", "verify", key.toString(), "--key", key.toString()))
                        .err())
                .contains("no export of a ledger");
        assertThat(stranger.home().resolve("postgres")).doesNotExist();
    }

    @Test
    void aRotatedKeyIsWrittenDownAndGoesOnSigning() {
        require(0, user.run("keys", "rotate", "ledger"));

        assertThat(require(0, user.run("audit", "key.rotate")).out().lines()).hasSize(2);
        require(0, user.run("audit", "verify"));
    }

    @Test
    void whoTampersIsFoundOut() throws Exception {
        var lines = Files.readAllLines(export());
        lines.replaceAll(line -> line.contains("\"seq\":1,") ? line.replace("succeeded", "failed") : line);
        Files.write(export(), lines);
        assertThat(require(1, user.run("audit", "verify", export().toString())).out())
                .contains("TAMPERED: entry 1");

        user.changeAsOwner("set session_replication_role = replica; delete from ledger.entry where seq = 2;"
                + "delete from ledger.checkpoint where size = 3");
        assertThat(require(1, user.run("audit", "verify")).out())
                .contains("TAMPERED: entry 2: missing: a checkpoint of size 3 was seen earlier", "all is well up to");
    }

    private static Session.Answer require(int exitCode, Session.Answer answer) {
        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(exitCode);
        return answer;
    }
}
