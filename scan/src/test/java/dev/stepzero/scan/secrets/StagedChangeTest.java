package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedChangeTest {
    private static final SecretOptions STAGED = new SecretOptions(SecretOptions.Extent.STAGED, "", "", false);

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

    private void commit() throws Exception {
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage("m")
                .setAuthor("a", "a@example.org")
                .setCommitter("a", "a@example.org")
                .setSign(false)
                .call();
    }

    @Test
    void onlyWhatIsStagedAndNewCounts() throws Exception {
        write(tree, "known.txt", made("secret-npm-token"));
        commit();
        write(tree, "known.txt", "moved\n\n" + Files.readString(tree.resolve("known.txt")));
        write(tree, "new.txt", made("secret-npm-token"));
        git.add().addFilepattern(".").call();
        write(tree, "unstaged.txt", made("secret-npm-token"));

        var report = scan(tree, STAGED);

        assertThat(report.findings())
                .extracting(finding -> finding.location().path())
                .containsExactly("new.txt");
        assertThat(report.coverage().files()).isEqualTo(2);
    }

    @Test
    void theFirstCommitIsSearchedToo() throws Exception {
        write(tree, "a/b.txt", made("secret-npm-token"));
        git.add().addFilepattern(".").call();

        assertThat(scan(tree, STAGED).findings()).hasSize(1);
    }

    @Test
    void aFileWithAnotherNameBringsNothingNew() throws Exception {
        write(tree, "old.txt", made("secret-npm-token") + "\n");
        commit();
        write(tree, "new.txt", Files.readString(tree.resolve("old.txt")) + "one more line\n");
        git.rm().addFilepattern("old.txt").call();
        git.add().addFilepattern(".").call();

        var report = scan(tree, STAGED);

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().files()).isEqualTo(1);
    }

    @Test
    void whatTheGoneFilesHadIsSearchedOnceForAllNewFilesAndOnlyWhereOneHasSomething() throws Exception {
        write(tree, "old/gone.bin", new byte[] {1, 0, 2});
        write(tree, "old/gone.txt", made("secret-npm-token"));
        commit();
        var moved = Files.readString(tree.resolve("old/gone.txt"));
        git.rm().addFilepattern("old/gone.bin").addFilepattern("old/gone.txt").call();
        write(tree, "new/harmless.txt", "a\n");
        git.add().addFilepattern(".").call();

        assertThat(look()).isEqualTo(new Looked(0, 0));

        for (int i = 0; i < 5; i++) {
            write(tree, "new/%d.txt".formatted(i), moved + "\n" + made("secret-npm-token"));
        }
        git.add().addFilepattern(".").call();

        assertThat(look()).isEqualTo(new Looked(5, 1));
    }

    /**
     * What a look at the staged change told.
     *
     * @param binaries how often a file was opened that is no text
     */
    private record Looked(int hits, int binaries) {}

    private Looked look() throws Exception {
        var kinds = new SecretKinds(SecretRulebook.builtIn());
        var hits = new AtomicInteger();
        var binaries = new AtomicInteger();
        var report = new ContentSearch.Report() {
            @Override
            public void hit(Hit hit, Place place) {
                hits.incrementAndGet();
            }

            @Override
            public void skipped(String path, String reason) {}

            @Override
            public void binary() {
                binaries.incrementAndGet();
            }
        };
        var sightings = new Sightings(SecretHash.of(List.of(), new Home(temporary.resolve("home"))));
        new StagedChange(kinds, kinds, sightings, report).look(tree, "");
        return new Looked(hits.get(), binaries.get());
    }

    @Test
    void whatAMergedBranchHadIsNotNew() throws Exception {
        write(tree, "a.txt", "one\n");
        commit();
        git.checkout().setCreateBranch(true).setName("side").call();
        write(tree, "side.txt", made("secret-npm-token"));
        write(tree, "a.txt", "two\n");
        commit();
        git.checkout().setName("main").call();
        write(tree, "a.txt", "three\n");
        commit();
        git.merge()
                .include(git.getRepository().resolve("side"))
                .setCommit(false)
                .call();
        write(tree, "a.txt", "both\n" + made("secret-npm-token"));
        git.add().addFilepattern(".").call();

        var report = scan(tree, STAGED);

        assertThat(report.findings())
                .extracting(finding -> finding.location().path())
                .containsExactly("a.txt");
    }

    @Test
    void huskysOwnFilesAreLeftAlone() throws Exception {
        write(tree, ".husky/_/pre-commit", "#!/bin/sh\n");
        var config = git.getRepository().getConfig();
        config.setString("core", null, "hooksPath", ".husky/_");
        config.save();

        assertThatThrownBy(() -> CommitHook.of(tree).install("stepzero"))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.fix())
                                .hasValueSatisfying(fix -> assertThat(fix).contains(".husky/pre-commit")));
        assertThat(tree.resolve(".husky/_/pre-commit")).hasContent("#!/bin/sh\n");
    }

    @Test
    void aHookIsKeptAndComesBack() throws Exception {
        var hook = tree.resolve(".git/hooks/pre-commit");
        write(tree, ".git/hooks/pre-commit", "#!/bin/sh\necho before\n");

        CommitHook.of(tree).install("/opt/it's/stepzero");
        CommitHook.of(tree).install("/opt/it's/stepzero");

        assertThat(hook).content().contains("scan --staged").contains("'/opt/it'\\''s/stepzero'");
        assertThat(hook.resolveSibling("pre-commit.before-stepzero")).content().contains("echo before");
        assertThat(CommitHook.of(tree).remove()).isTrue();
        assertThat(hook).content().contains("echo before");
        assertThat(CommitHook.of(tree).remove()).isFalse();
    }

    @Test
    void hooksMayLieElsewhere() throws Exception {
        var config = git.getRepository().getConfig();
        config.setString("core", null, "hooksPath", "tools/hooks");
        config.save();

        assertThat(CommitHook.of(tree).file()).isEqualTo(tree.resolve("tools/hooks/pre-commit"));
    }
}
