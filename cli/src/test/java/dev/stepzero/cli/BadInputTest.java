package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads who asks for something that cannot be: what is wrong, where, and what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private Path directory;
    private Session user;
    private Database database;
    private SmallService service;
    private String sound;

    @BeforeAll
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        user = Session.withoutEngine(directory.resolve("home"));
        database = user.database();
        service = SmallService.in(directory.resolve("small"));
        sound = service.head();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void startFromASoundCommit() throws Exception {
        service.reset(sound);
    }

    private void requireRefusal(int exitCode, String[] words, String... arguments) {
        var answer = user.run(arguments);
        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(exitCode);
        assertThat(answer.err()).contains(words).doesNotContain("\tat ", "Exception");
        assertThat(answer.out()).isEmpty();
    }

    private static String[] words(String... words) {
        return words;
    }

    private String[] ship(String... more) {
        var all = new String[more.length + 2];
        all[0] = "ship";
        all[1] = service.directory().toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    @Test
    void aDirectoryThatIsNoRepositoryIsRefused() throws Exception {
        var plain = Files.createDirectories(directory.resolve("plain"));

        requireRefusal(3, words(plain.toString(), "git", "to mend it: "), "ship", plain.toString());
    }

    @Test
    void aDirectoryThatIsNotThereIsRefused() {
        requireRefusal(
                3,
                words("nowhere", "to mend it: "),
                "ship",
                directory.resolve("nowhere").toString());
    }

    @Test
    void whatIsNotCommittedIsNamed() throws Exception {
        Files.writeString(service.directory().resolve("test.sh"), "true");

        requireRefusal(3, words("test.sh is not committed", "--commit HEAD"), ship());
    }

    @Test
    void anUnknownEnvironmentIsAnsweredWithTheNearest() {
        requireRefusal(
                2, words("has no environment 'productoin'", "did you mean 'production'?"), ship("--to", "productoin"));
    }

    @Test
    void anUnknownCommitIsRefused() {
        requireRefusal(3, words("v9.9", "to mend it: "), ship("--commit", "v9.9"));
    }

    @Test
    void anUnknownTargetIsRefused() {
        requireRefusal(2, words("contaniers", "did you mean 'containers'?"), ship("--target", "contaniers"));
    }

    @Test
    void anUnknownKeyIsAnsweredWithItsLineAndTheNearest() throws Exception {
        service.commitReplaced("stepzero.yaml", "  reports:", "  raports:");

        requireRefusal(3, words("stepzero.yaml:8: unknown key 'raports'", "did you mean 'reports'?"), ship());
    }

    @Test
    void stepsThatWaitForEachOtherAreNamed() throws Exception {
        service.commitReplaced("stepzero.yaml", "environments:", """
                steps:
                  lint: { run: "true", needs: [style] }
                  style: { run: "true", needs: [lint] }
                environments:""");

        requireRefusal(3, words("lint -> style -> lint", "stepzero.yaml:10", "take one of these needs away"), ship());
    }

    @Test
    void aStepThatIsCalledLikeOneOfOursIsRefused() throws Exception {
        service.commitReplaced("stepzero.yaml", "environments:", """
                steps:
                  image: { run: "true" }
                environments:""");

        requireRefusal(3, words("'image'", "stepzero.yaml:10", "rename"), ship());
    }

    @Test
    void containersWithoutAnEngineAreRefused() {
        requireRefusal(
                4,
                words("no container engine answers", "STEPZERO_ENGINE=none", "--target process"),
                ship("--target", "containers"));
    }

    @Test
    void aRollbackOfWhatNeverServedIsRefused() {
        requireRefusal(2, words("nothing of small serves in production"), "rollback", "small");
    }

    @Test
    void removingWhatWasNeverDeployedIsRefused() {
        requireRefusal(2, words("nothing of small was ever deployed to production"), "remove", "small");
    }

    @Test
    void anUnknownOptionIsAnsweredWithHelp() {
        requireRefusal(2, words("Unknown option: '--forse'"), ship("--forse"));
    }
}
