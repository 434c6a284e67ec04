package dev.stepzero.scan.tree;

import static dev.stepzero.scan.tree.Repository.paths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Git ignores is told from what people wrote. */
class IgnoredFilesTest {
    @TempDir
    private Path temporary;

    private Path tree;
    private Repository repository;

    @BeforeEach
    void init() throws Exception {
        tree = Files.createDirectories(temporary.resolve("tree"));
        repository = Repository.in(tree);
    }

    @Test
    void directoriesThatGitIgnoresAreLeftOutAndThatIsSaid() throws Exception {
        repository
                .with(".gitignore", "target/\n/out\n")
                .withFiles("a.tf", "target/a.tf", "m/target/x/b.tf", "out/c.tf", "m/out/d.tf");

        var sources = repository.listing().sources();

        assertThat(paths(sources.all())).containsExactly(".gitignore", "a.tf", "m/out/d.tf");
        assertThat(sources.intake().notes())
                .containsExactly("what Git ignores is left out: m/target, out, target; --no-ignore looks there too");
    }

    @Test
    void ofManyDirectoriesAFewAreNamed() throws Exception {
        repository.with(".gitignore", "*.d/\n");
        for (int i = 0; i < 9; i++) {
            repository.withFiles(i + ".d/file");
        }

        assertThat(repository.listing().sources().intake().notes())
                .containsExactly("what Git ignores is left out: 0.d, 1.d, 2.d and 6 more; --no-ignore looks there too");
    }

    @Test
    void aFileThatIsIgnoredAloneIsASourceButHoldsNoSecretOfTheRepository() throws Exception {
        repository.with(".gitignore", "*.auto.tfvars\n").withFiles("main.tf", "prod.auto.tfvars");

        assertThat(repository.sources()).containsExactly(".gitignore", "main.tf", "prod.auto.tfvars");
        assertThat(repository.unignored()).containsExactly(".gitignore", "main.tf");
        assertThat(repository.listing().unignored().intake().notes())
                .containsExactly("secrets and code are not sought in what Git ignores: prod.auto.tfvars;"
                        + " --no-ignore looks there too");
    }

    @Test
    void whatIsCommittedCountsThoughItIsIgnored() throws Exception {
        repository
                .with(".gitignore", "build/\n*.log\n")
                .withFiles("build/kept/a", "build/kept/b", "build/c", "kept.log", "lost.log")
                .tracking("build/kept/a")
                .tracking("kept.log");

        assertThat(repository.unignored()).containsExactly(".gitignore", "build/kept/a", "kept.log");
        assertThat(paths(repository.listing().sources().leftOut(_ -> true))).containsExactly("build/c", "build/kept/b");
    }

    @Test
    void ignoredDirectoriesAreListedOnlyWhereASignSaysThatSomethingMayLieThere() throws Exception {
        repository.with(".gitignore", "obj/\n").withFiles("app.csproj", "obj/project.assets.json");

        var sources = repository.listing().sources();

        assertThat(paths(sources.leftOut(file -> file.name().endsWith(".csproj"))))
                .containsExactly("obj/project.assets.json");
        assertThat(sources.leftOut(file -> file.name().endsWith(".java"))).isEmpty();
    }

    @Test
    void rulesHoldBelowTheirDirectoryAndTheNearestWins() throws Exception {
        repository
                .with(".gitignore", "*.gen\n/top\n")
                .with("a/.gitignore", "!keep.gen\nb/\n")
                .withFiles("x.gen", "a/keep.gen", "a/x.gen", "a/b/y", "c/b/y", "top/y", "c/top/y", "keep.gen");

        assertThat(repository.unignored())
                .containsExactly(".gitignore", "a/.gitignore", "a/keep.gen", "c/b/y", "c/top/y");
    }

    @Test
    void rulesFromAboveHoldWhereAPartIsLookedAt() throws Exception {
        repository.with(".gitignore", "target/\na/b/secret\n").withFiles("a/b/secret", "a/b/c", "a/b/target/d");

        var listing = Listing.of(tree.resolve("a/b"), false);

        assertThat(paths(listing.unignored().all())).containsExactly("c");
    }

    @Test
    void whatIsNamedIsLookedAtThoughItIsIgnored() throws Exception {
        repository.with(".gitignore", "cdk.out/\n").withFiles("cdk.out/stack.template.json");

        assertThat(paths(Listing.of(tree.resolve("cdk.out"), false).sources().all()))
                .containsExactly("stack.template.json");
    }

    @Test
    void theRepositorysOwnListCountsInItsWorktreesToo() throws Exception {
        repository.with(".git/info/exclude", "private/\n").withFiles("private/a", "b");
        var other = Files.createDirectories(temporary.resolve("other"));
        var own = Files.createDirectories(tree.resolve(".git/worktrees/other"));
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.writeString(other.resolve(".git"), "gitdir: " + own + "\n");
        var worktree = new Repository(other).withFiles("private/a", "b");

        assertThat(repository.unignored()).containsExactly("b");
        assertThat(worktree.unignored()).containsExactly(".git", "b");
    }

    @Test
    void aRepositoryWithinHasRulesOfItsOwn() throws Exception {
        repository.with(".gitignore", "*.log\nwork/\n").withFiles("a.log", "work/inner/a.txt");
        Repository.in(Files.createDirectories(tree.resolve("sub")))
                .with(".gitignore", "*.txt\n")
                .withFiles("a.log", "a.txt", "kept.txt")
                .tracking("kept.txt");

        assertThat(repository.unignored()).containsExactly(".gitignore", "sub/.gitignore", "sub/a.log", "sub/kept.txt");
    }

    @Test
    void nothingIsIgnoredWhereThereIsNoRepositoryOrItIsAskedFor() throws Exception {
        repository.with(".gitignore", "a\n").withFiles("a", "dir/a");
        var plain = Files.createDirectories(temporary.resolve("plain"));
        new Repository(plain).with(".gitignore", "a\n").withFiles("a", "dir/a");

        assertThat(paths(Listing.of(plain, false).unignored().all())).containsExactly(".gitignore", "a", "dir/a");
        assertThat(paths(Listing.of(tree, true).unignored().all())).containsExactly(".gitignore", "a", "dir/a");
        assertThat(Listing.of(tree, true).sources().intake().notes()).isEmpty();
    }

    @Test
    void whatIsLeftOutIsFoundByWhoKnowsWhatToLookFor() throws Exception {
        repository
                .with(".gitignore", "target/\nnode_modules/\n")
                .withFiles("target/classes/A.class", "target/node_modules/a.js", "node_modules/b.js");

        var sources = repository.listing().sources();

        assertThat(paths(sources.leftOut(_ -> true))).containsExactly("target/classes/A.class");
        assertThat(sources.at("target/classes/A.class")).isPresent();
        assertThat(sources.at("target/classes/B.class")).isEmpty();
        assertThat(sources.isLeftOut("target/classes")).isTrue();
        assertThat(sources.isLeftOut("targets")).isFalse();
    }

    @Test
    void packagesOfOthersAreNoSourcesButTheirSecretsAreCommitted() throws Exception {
        repository.withFiles("a.js", "web/node_modules/b.js");

        assertThat(repository.sources()).containsExactly("a.js");
        assertThat(repository.unignored()).containsExactly("a.js", "web/node_modules/b.js");
        assertThat(repository.listing().sources().intake().skipped())
                .extracting(each -> each.path())
                .containsExactly("web/node_modules");
    }

    @Test
    void linksAreNotFollowedButForTheOneThatIsNamed() throws Exception {
        repository.with(".gitignore", "lost\n").withFiles("a", "lost");
        Files.createSymbolicLink(tree.resolve("loop"), tree);
        var link = Files.createSymbolicLink(temporary.resolve("link"), tree);
        var file = Files.createSymbolicLink(temporary.resolve("file.tf"), tree.resolve("a"));

        assertThat(repository.unignored()).containsExactly(".gitignore", "a");
        assertThat(paths(Listing.of(link, false).unignored().all())).containsExactly(".gitignore", "a");
        assertThat(Listing.of(file, false).sources().all().getFirst().text()).isEqualTo("x");
    }

    @Test
    void aLinkIsNoListOfWhatIsIgnored() throws Exception {
        repository.withFiles("a");
        Files.writeString(temporary.resolve("outside"), "a\n");
        Files.createSymbolicLink(tree.resolve(".gitignore"), temporary.resolve("outside"));

        assertThat(repository.unignored()).containsExactly("a");
    }

    @Test
    void listsThatAreMadeToKeepUsBusyIgnoreLess() throws Exception {
        repository
                .with(".gitignore", "a*a*a*b\n".repeat(4_000) + "never-matched\n".repeat(4_000) + "lost\n")
                .withFiles("lost");
        for (int i = 0; i < 40; i++) {
            repository.withFiles("d" + i + "/" + "a".repeat(200));
        }

        var sources = repository.listing().unignored();

        assertThat(sources.all()).hasSize(42);
        assertThat(sources.intake().skipped())
                .extracting(each -> each.reason())
                .containsExactlyInAnyOrder(
                        "lines that would take long are left out: it ignores less",
                        "to tell what Git ignores takes too long: from somewhere on nothing is left out");
    }

    @Test
    void anIndexThatLiesIsNotBelieved() throws Exception {
        repository.with(".gitignore", "a\n").withFiles("a", "b");
        var header = new byte[32];
        System.arraycopy("DIRC".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 4);
        header[7] = 2;
        header[8] = 0x7f;
        Files.write(tree.resolve(".git/index"), header);

        var listing = repository.listing();

        assertThat(paths(listing.unignored().all())).containsExactly(".gitignore", "b");
        assertThat(listing.unignored().intake().skipped())
                .extracting(each -> each.path())
                .containsExactly(".git/index");
    }

    @Test
    void itIsWhatGitSays() throws Exception {
        repository
                .with(".gitignore", """
                        # a comment
                        *.o
                        !keep.o
                        /root
                        dir/
                        a/**/z
                        **/deep
                        b/*.txt
                        [Bb]in/
                        sp\\ ace
                        quest?on
                        \\#hash
                        \\!bang
                        trail\s\s
                        nest/*
                        !nest/in
                        """)
                .with("c/.gitignore", "*\n!*.md\n!.gitignore\n")
                .withFiles("x.o", "keep.o", "root", "s/root", "dir/f", "s/dir/f", "s/t/dir", "a/z", "a/b/c/z", "a/y")
                .withFiles("s/deep/f", "deep", "b/a.txt", "b/c/a.txt", "bin/f", "Bin/f", "abin/f", "sp ace")
                .withFiles("question", "questioon", "#hash", "!bang", "trail", "nest/in/f", "nest/out/f", "nest/f")
                .withFiles("c/a.md", "c/b.txt", "c/d/e.md");
        var git =
                new ProcessBuilder("git", "ls-files", "--others", "--exclude-standard", "-z").directory(tree.toFile());
        assumeThat(Files.isExecutable(Path.of("/usr/bin/git"))).as("git").isTrue();

        var process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(repository.unignored()).containsExactlyInAnyOrderElementsOf(List.of(said.split("\0")));
    }
}
