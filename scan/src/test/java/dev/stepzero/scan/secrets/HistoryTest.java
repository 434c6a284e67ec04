package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path temporary;

    private Path tree;
    private Git git;

    @BeforeEach
    void repository() throws Exception {
        tree = Files.createDirectories(temporary.resolve("tree"));
        git = Git.init().setDirectory(tree.toFile()).setInitialBranch("main").call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private String commit(String author, String day) throws Exception {
        git.add().addFilepattern(".").setAll(true).call();
        var who = new PersonIdent(author, "a@example.org", Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
        return git.commit()
                .setMessage("m")
                .setAuthor(who)
                .setCommitter(who)
                .setSign(false)
                .call()
                .name();
    }

    private static SecretOptions history(String range) {
        return new SecretOptions(SecretOptions.Extent.HISTORY, range, "", false);
    }

    @Test
    void whatWasDeletedIsFoundWithTheCommitThatBroughtIt() throws Exception {
        write(tree, "a.txt", "nothing");
        commit("Ann", "2025-01-01");
        write(tree, "gone.txt", "\n" + made("secret-npm-token"));
        var brought = commit("Bob", "2025-02-03");
        Files.delete(tree.resolve("gone.txt"));
        commit("Ann", "2025-03-01");

        var report = scan(tree, history(""));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.location().path()).isEqualTo("gone.txt");
            assertThat(finding.location().startLine()).isEqualTo(2);
            assertThat(finding.message()).contains("commit " + brought.substring(0, 10) + " of Bob, 2025-02-03");
        });
        assertThat(scan(tree).findings()).isEmpty();
    }

    @Test
    void aRangeIsWhatABranchBrings() throws Exception {
        write(tree, "old.txt", made("secret-npm-token"));
        var before = commit("Ann", "2025-01-01");
        write(tree, "new.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-02");

        assertThat(scan(tree, history(before + "..main")).findings())
                .extracting(finding -> finding.location().path())
                .containsExactly("new.txt");
        assertThatThrownBy(() -> scan(tree, history("nowhere"))).isInstanceOf(UserError.class);
    }

    @Test
    void whatWasSearchedOnceIsNotSearchedAgainAndWhatWasFoundIsFoundAgain() throws Exception {
        write(tree, "a.txt", "nothing");
        write(tree, "b.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        var first = scan(tree, history(""));

        var second = scan(tree, history(""));

        assertThat(first.coverage().notes())
                .anyMatch(note -> note.startsWith("2 blobs") && note.contains("0 were known"));
        assertThat(second.coverage().notes())
                .anyMatch(note -> note.startsWith("1 blobs") && note.contains("1 were known"));
        assertThat(second.findings()).isEqualTo(first.findings());
    }

    @Test
    void aBlobThatIsBrokenIsSaidAndTheRestIsSearched() throws Exception {
        write(tree, "a.txt", "nothing of note");
        write(tree, "b.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        var blob = git.getRepository().resolve("main:a.txt").name();
        var loose = tree.resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2));
        loose.toFile().setWritable(true);
        Files.write(loose, new byte[] {1, 2, 3});

        var report = scan(tree, history(""));

        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped())
                .anySatisfy(skipped -> assertThat(skipped.reason()).contains("cannot be read"));
    }

    /** All objects in one pack; JGit forgets a pack for one broken object in it. */
    private Path packed() throws Exception {
        git.getRepository().getObjectDatabase().close();
        git.gc().call();
        try (var packs = Files.newDirectoryStream(tree.resolve(".git/objects/pack"), "*.pack")) {
            var pack = packs.iterator().next();
            pack.toFile().setWritable(true);
            return pack;
        }
    }

    private static void spoil(Path pack, long at) throws Exception {
        try (var file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), at);
        }
    }

    @Test
    void theRestOfAPackThatIsCorruptIsSearched() throws Exception {
        var random = new Random(5);
        for (int i = 0; i < 20; i++) {
            var noise = new byte[3000];
            random.nextBytes(noise);
            write(tree, "f%02d.txt".formatted(i), Base64.getEncoder().encodeToString(noise));
            write(tree, "g%02d.txt".formatted(i), "x = " + made("secret-npm-token"));
        }
        commit("Ann", "2025-01-01");
        var pack = packed();
        spoil(pack, Files.size(pack) / 2);

        var report = scan(tree, history(""));

        assertThat(report.findings()).hasSizeGreaterThan(17);
        assertThat(report.coverage().skipped())
                .isNotEmpty()
                .allSatisfy(skipped -> assertThat(skipped.reason()).contains("cannot be read"));
    }

    @Test
    void whereCommitsAreBrokenEveryObjectIsSearchedAllTheSame() throws Exception {
        write(tree, "a.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        write(tree, "a.txt", "nothing any more");
        var second = commit("Ann", "2025-01-02");
        git.rm().addFilepattern("a.txt").call();
        commit("Ann", "2025-01-03");
        var loose = tree.resolve(".git/objects/" + second.substring(0, 2) + "/" + second.substring(2));
        loose.toFile().setWritable(true);
        Files.write(loose, new byte[] {1, 2, 3});

        var report = scan(tree, history(""));

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.location().path()).startsWith("object "));
        assertThat(report.coverage().skipped())
                .anySatisfy(skipped -> assertThat(skipped.reason()).contains("cannot be walked"));
    }

    @Test
    void aHistoryOfWhichNothingCanBeReadIsAnError() throws Exception {
        write(tree, "a.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        var pack = packed();
        spoil(pack, 0);

        assertThatThrownBy(() -> scan(tree, history("")))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.UNREADABLE))
                .hasMessageContaining("nothing of the history can be read");
    }

    @Test
    void aRepositoryWithoutFilesHasAHistory() throws Exception {
        write(tree, "a.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        var bare = temporary.resolve("mirror.git");
        Git.cloneRepository()
                .setURI(tree.toUri().toString())
                .setDirectory(bare.toFile())
                .setBare(true)
                .call()
                .close();

        assertThat(scan(bare, history("")).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.location().path()).isEqualTo("a.txt"));
    }

    @Test
    void ofAShallowCloneItIsSaidThatMuchIsMissing() throws Exception {
        write(tree, "a.txt", made("secret-npm-token"));
        commit("Ann", "2025-01-01");
        write(tree, "a.txt", "nothing any more");
        commit("Ann", "2025-01-02");
        var shallow = temporary.resolve("shallow");
        Git.cloneRepository()
                .setURI(tree.toUri().toString())
                .setDirectory(shallow.toFile())
                .setDepth(1)
                .call()
                .close();

        var report = scan(shallow, history(""));

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().notes()).anyMatch(note -> note.startsWith("the clone is shallow"));
    }

    @Test
    void aRepositoryWhoseObjectsHaveOtherNamesIsRefusedInsteadOfFoundClean() throws Exception {
        write(tree, ".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n");

        assertThatThrownBy(() -> scan(tree, history("")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("names its objects by sha256");
    }
}
