package dev.stepzero.ship.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SourceRepositoryTest {
    private final Path directory;
    private final Path root;
    private final TestRepository repository;

    SourceRepositoryTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.root = directory.toRealPath().resolve("shop");
        this.repository = TestRepository.in(root);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void aCommitTellsWhoMadeItAndWhen() throws Exception {
        var id = repository.write("a", "a").commit("Add a\n\nBecause.");

        var commit = commit("HEAD");

        assertThat(commit)
                .isEqualTo(new Commit(
                        id,
                        "Ann <ann@example.org>",
                        "Add a",
                        TestRepository.ANN.getWhenAsInstant(),
                        root.toUri().toString()));
        assertThat(commit.shortId()).hasSize(12).isEqualTo(id.substring(0, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "main", "refs/heads/main", "v1", "HEAD^0"})
    void aRevisionIsAnythingThatGitTakes(String revision) throws Exception {
        var id = repository.write("a", "a").commit("a");
        repository
                .git()
                .tag()
                .setName("v1")
                .setAnnotated(true)
                .setMessage("one")
                .setSigned(false)
                .call();

        assertThat(commit(revision).id()).isEqualTo(id);
        assertThat(commit(id.substring(0, 10)).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere",
                "",
                " ",
                "HEAD~7",
                "HEAD^9",
                "HEAD^{tree}",
                "HEAD:a",
                "--help",
                "a..b",
                "HEAD@{99}",
                "@{-1}",
                "HEAD^{",
                "HEAD^{/x",
                "HEAD@{x}",
                ":/x",
                "0000000000000000000000000000000000000000",
                "\0",
                "../x",
                "HEAD~99999999999"
            })
    void aRevisionThatIsNoCommitIsRefused(String revision) throws Exception {
        repository.write("a", "a").commit("a");

        var error = refused(() -> commit(revision));

        assertThat(error.what()).startsWith("there is no commit '");
        assertThat(error.fix()).isPresent();
    }

    @Test
    void aRepositoryWithoutACommitAsksForOne() {
        var error = refused(() -> commit("HEAD"));

        assertThat(error.what()).isEqualTo("the repository has no commit yet");
        assertThat(error.fix().orElseThrow()).contains("git commit");
    }

    @Test
    void aCommitWithoutAnAuthorIsReadAllTheSame() throws Exception {
        var id = repository.commitRaw("\nno author\n");

        assertThat(commit(id).author()).isEqualTo("unknown");
    }

    @Test
    void whatACommitSaysCannotSteerTheTerminal() throws Exception {
        var id = repository.commitRaw(
                "author \u001b[2JEve <e@x> 1 +0000\ncommitter E <e@x> 1 +0000\n\n\u001b]0;owned\u0007\n");

        assertThat(commit(id).author()).isEqualTo("?[2JEve <e@x>");
        assertThat(commit(id).subject()).isEqualTo("?]0;owned?");
    }

    @Test
    void aDirectoryThatIsNotThereIsRefused() {
        var error = refused(() -> SourceRepository.around(directory.resolve("nowhere")));

        assertThat(error.what()).isEqualTo("there is no such directory");
    }

    @Test
    void aDirectoryOutsideOfEveryRepositoryIsRefused() throws Exception {
        var error = refused(() -> SourceRepository.around(Files.createDirectory(directory.resolve("plain"))));

        assertThat(error.what()).startsWith("this is not a git repository");
        assertThat(error.fix().orElseThrow()).startsWith("run: git init");
    }

    @Test
    void aBareRepositoryIsRefused() throws Exception {
        var bare = directory.resolve("bare.git");
        Git.init().setDirectory(bare.toFile()).setBare(true).call().close();

        assertThat(refused(() -> SourceRepository.around(bare)).what()).startsWith("this is not a git repository");
    }

    @Test
    void theInsideOfARepositorysOwnDirectoryIsRefused() {
        assertThat(refused(() -> SourceRepository.around(root.resolve(".git/refs")))
                        .what())
                .startsWith("this is not a git repository");
    }

    @Test
    void aWorkTreeThatLiesElsewhereIsRefused() throws Exception {
        var config = repository.git().getRepository().getConfig();
        config.setString(
                "core",
                null,
                "worktree",
                Files.createDirectory(directory.resolve("elsewhere")).toString());
        config.save();

        assertThat(refused(() -> SourceRepository.around(root)).what()).startsWith("this is not a git repository");
    }

    @Test
    void aDamagedRepositoryIsRefused() throws Exception {
        Files.writeString(root.resolve(".git/config"), "[core");

        var error = refused(() -> SourceRepository.around(root));

        assertThat(error.where()).isPresent();
        assertThat(error.fix()).isPresent();
    }

    @Test
    void aProjectMayBeAPartOfARepository() throws Exception {
        repository
                .write("apps/shop/pom.xml", "<project/>")
                .write("pom.xml", "<other/>")
                .commit("both");

        try (var part = SourceRepository.around(root.resolve("apps/shop"))) {
            assertThat(part.prefix()).isEqualTo("apps/shop");
            assertThat(part.directory()).isEqualTo(root.resolve("apps/shop"));
            assertThat(part.file(part.commit("HEAD"), "pom.xml"))
                    .hasValueSatisfying(
                            content -> assertThat(content).asString().isEqualTo("<project/>"));
        }
    }

    @Test
    void aFileIsReadAsItWasCommitted() throws Exception {
        var id = repository.write("a", "old").commit("old");
        repository.write("a", "new").commit("new");

        try (var opened = SourceRepository.around(root)) {
            assertThat(opened.file(opened.commit(id), "a").orElseThrow())
                    .asString()
                    .isEqualTo("old");
            assertThat(opened.file(opened.commit(id), "b")).isEmpty();
        }
    }

    @Test
    void aDirectoryIsNoFile() throws Exception {
        repository.write("pom.xml/x", "x").commit("x");

        try (var opened = SourceRepository.around(root)) {
            assertThat(opened.file(opened.commit("HEAD"), "pom.xml")).isEmpty();
        }
    }

    @Test
    void aLinkInThePlaceOfAFileIsRefused() throws Exception {
        var id = repository.commitTree(repository.link("stepzero.yaml", "/etc/passwd"));

        try (var opened = SourceRepository.around(root)) {
            var error = refused(() -> opened.file(opened.commit(id), "stepzero.yaml"));

            assertThat(error.what()).startsWith("the file is a symbolic link");
            assertThat(error.where()).hasValue("stepzero.yaml");
        }
    }

    @Test
    void aFileLargerThanTheLimitIsRefused() throws Exception {
        repository.write("stepzero.yaml", "x".repeat((16 << 20) + 1)).commit("large");

        try (var opened = SourceRepository.around(root)) {
            var error = refused(() -> opened.file(opened.commit("HEAD"), "stepzero.yaml"));

            assertThat(error.what()).isEqualTo("the file is larger than 16777216 bytes");
        }
    }

    @Test
    void whatIsNotCommittedIsListed() throws Exception {
        repository
                .write("changed", "1")
                .write("deleted", "1")
                .write("same", "1")
                .write(".gitignore", "*.log\n")
                .commit("1");
        repository
                .write("changed", "2")
                .write("new", "1")
                .write("noise.log", "1")
                .write("added", "1");
        repository.git().add().addFilepattern("added").call();
        Files.delete(root.resolve("deleted"));

        try (var opened = SourceRepository.around(root)) {
            assertThat(opened.uncommitted()).containsExactly("added", "changed", "deleted", "new");
        }
    }

    @Test
    void onlyTheProjectsPartIsAskedForWhatIsNotCommitted() throws Exception {
        repository.write("apps/shop/a", "1").write("apps/shopping/a", "1").commit("1");
        repository.write("apps/shop/b", "1").write("apps/shopping/b", "1").write("c", "1");

        try (var opened = SourceRepository.around(root.resolve("apps/shop"))) {
            assertThat(opened.uncommitted()).containsExactly("apps/shop/b");
        }
    }

    @Test
    void aCleanWorkTreeHasNothingUncommitted() throws Exception {
        repository.write("a", "1").commit("1");

        try (var opened = SourceRepository.around(root)) {
            assertThat(opened.uncommitted()).isEmpty();
        }
    }

    @Test
    void neitherFiltersNorHooksOfTheRepositoryRun() throws Exception {
        var ran = root.resolveSibling("ran");
        var config = repository.git().getRepository().getConfig();
        repository.write(".gitattributes", "* filter=evil\n").write("a", "1").commit("1");
        config.setString("filter", "evil", "clean", "touch " + ran);
        config.setString("filter", "evil", "smudge", "touch " + ran);
        config.setString("filter", "evil", "process", "touch " + ran);
        config.setString("core", null, "fsmonitor", "touch " + ran);
        config.save();
        for (var hook : List.of("post-checkout", "pre-commit", "post-index-change")) {
            repository.write(".git/hooks/" + hook, "#!/bin/sh\ntouch " + ran + "\n");
            assertThat(root.resolve(".git/hooks/" + hook).toFile().setExecutable(true))
                    .isTrue();
        }
        repository.write("a", "2");

        try (var opened = SourceRepository.around(root)) {
            opened.export(opened.commit("HEAD"), Files.createDirectory(directory.resolve("out")));
            assertThat(opened.uncommitted()).containsExactly("a");
        }

        assertThat(ran).doesNotExist();
        assertThat(directory.resolve("out/a")).hasContent("1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/shop.git, https://example.org/shop.git",
        "https://ann:s3cret@example.org/shop.git, https://example.org/shop.git",
        "https://s3cret@example.org:8443/shop.git, https://example.org:8443/shop.git",
        "https://ann:s3cr%40et@example.org/shop.git, https://example.org/shop.git",
        "ssh://ann:s3cret@example.org:22/shop.git, ssh://example.org:22/shop.git",
        "git@example.org:team/shop.git, example.org:team/shop.git",
        "/srv/git/shop.git, /srv/git/shop.git"
    })
    void theOriginIsShownWithoutCredentials(String origin, String shown) throws Exception {
        repository.write("a", "a").commit("a");
        origin(origin);

        assertThat(commit("HEAD").source()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ann:s3/cret@example.org/shop.git",
                "https://ann:s3@cret@example.org/shop.git",
                "https://ann:s3#cret@example.org/shop.git",
                "https://example.org/shop.git?token=s3cret",
                "https://example.org/shop.git#s3cret",
                "https:ann:s3cret@example.org/shop.git",
                "ext::sh -c s3cret",
                "://s3cret@"
            })
    void anOriginInAnUnusualFormShowsNoSecretEither(String origin) throws Exception {
        repository.write("a", "a").commit("a");
        origin(origin);

        assertThat(commit("HEAD").source()).doesNotContain("s3", "cret");
    }

    @Test
    void aLinkedWorkTreeIsARepositoryToo() throws Exception {
        repository.write("a", "1").commit("1");
        git(root, "worktree", "add", "-q", "-b", "side", "../side");
        var side = root.resolveSibling("side");
        Files.writeString(side.resolve("b"), "b");

        try (var opened = SourceRepository.around(side)) {
            assertThat(opened.commit("side").subject()).isEqualTo("1");
            assertThat(opened.commit("HEAD").id()).isEqualTo(commit("main").id());
            assertThat(opened.uncommitted()).containsExactly("b");
        }
    }

    @Test
    void aShallowCloneHasItsNewestCommitOnly() throws Exception {
        repository.write("a", "1").commit("1");
        repository.write("a", "2").commit("2");
        git(directory.toRealPath(), "clone", "-q", "--depth", "1", "file://" + root, "shallow");

        try (var opened = SourceRepository.around(directory.resolve("shallow"))) {
            opened.export(opened.commit("HEAD"), Files.createDirectory(directory.resolve("out")));
            var error = refused(() -> opened.commit("HEAD~1"));

            assertThat(directory.resolve("out/a")).hasContent("2");
            assertThat(error.what()).isEqualTo("there is no commit 'HEAD~1'");
        }
    }

    private Commit commit(String revision) {
        try (var opened = SourceRepository.around(root)) {
            return opened.commit(revision);
        }
    }

    private void origin(String url) throws IOException {
        var config = repository.git().getRepository().getConfig();
        config.setString("remote", "origin", "url", url);
        config.save();
    }

    private static UserError refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var error = catchThrowableOfType(UserError.class, call);
        assertThat(error).as("nothing was refused").isNotNull();
        return error;
    }

    private static void git(Path where, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .directory(where.toFile())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (IOException e) {
            assumeTrue("1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES")), "git is not installed");
            throw e;
        }
    }
}
