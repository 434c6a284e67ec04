package dev.stepzero.ship.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.git.TestRepository.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TreeExportTest {
    private final Path directory;
    private final Path root;
    private final Path out;
    private final TestRepository repository;

    TreeExportTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.root = directory.resolve("shop");
        this.out = Files.createDirectory(directory.resolve("out"));
        this.repository = TestRepository.in(root);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void theFilesOfTheCommitAreWrittenAndNothingElse() throws Exception {
        repository
                .write("a", "committed")
                .write("deep/er/b", "b")
                .write(".gitignore", "*.log\n")
                .commit("1");
        repository.write("a", "changed").write("c", "untracked").write("d.log", "ignored");

        export("HEAD", "");

        assertThat(out.resolve("a")).hasContent("committed");
        assertThat(out.resolve("deep/er/b")).hasContent("b");
        assertThat(names()).containsExactly(".gitignore", "a", "deep/er/b");
    }

    @Test
    void executableFilesStayExecutable() throws Exception {
        repository.write("run", "#!/bin/sh").write("read", "x");
        assertThat(root.resolve("run").toFile().setExecutable(true)).isTrue();
        repository.commit("1");

        export("HEAD", "");

        assertThat(Files.getPosixFilePermissions(out.resolve("run"))).hasSize(7);
        assertThat(Files.getPosixFilePermissions(out.resolve("read"))).hasSize(4);
    }

    @Test
    void bytesAreNotTouchedWhateverTheAttributesSay() throws Exception {
        repository.write(".gitattributes", "* text eol=crlf ident\n").commit("0");
        var id = repository.commitTree(
                repository.file(".gitattributes", "* text eol=crlf ident\n"), repository.file("a", "1\n$Id$\n"));

        export(id, "");

        assertThat(Files.readString(out.resolve("a"))).isEqualTo("1\n$Id$\n");
    }

    @Test
    void aPartOfTheRepositoryIsWrittenWithoutItsPrefix() throws Exception {
        repository
                .write("apps/shop/a/b", "b")
                .write("apps/shopping/c", "c")
                .write("d", "d")
                .commit("1");

        export("HEAD", "apps/shop");

        assertThat(names()).containsExactly("a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps/gone", "d"})
    void aCommitWithoutTheProjectsDirectoryIsRefused(String prefix) throws Exception {
        repository.write("d", "d").commit("1");
        Files.deleteIfExists(root.resolve("d"));
        Files.createDirectories(root.resolve(prefix));

        var error = refused("HEAD", prefix);

        assertThat(error.what()).isEqualTo("the commit has no file there");
        assertThat(error.where()).hasValue(prefix);
    }

    @Test
    void anEmptyCommitIsRefused() throws Exception {
        var error = refused(repository.commitTree(), "");

        assertThat(error.what()).isEqualTo("the commit has no file there");
        assertThat(error.where()).hasValue("/");
    }

    @Test
    void linksWithinTheProjectAreWrittenAsLinks() throws Exception {
        var id = repository.commitTree(
                repository.directory("a", repository.link("up", "../b"), repository.link("root", "..")),
                repository.file("b", "b"),
                repository.link("c", "a/./up"),
                repository.link("dangling", "not/there"));

        export(id, "");

        assertThat(Files.readSymbolicLink(out.resolve("a/up"))).isEqualTo(Path.of("../b"));
        assertThat(out.resolve("c")).hasContent("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "..",
                "../x",
                "../../../../etc/passwd",
                "a/../../x",
                "./../x",
                "link",
                ".//../x",
                "",
                "in/../../out",
                "deep/up/../x",
                "deep/../x",
                "a\0b"
            })
    void aLinkThatMayLeadOutIsRefused(String leadsTo) throws Exception {
        var id = repository.commitTree(repository.link("link", leadsTo));

        var error = refused(id, "");

        assertThat(error.what()).startsWith("the symbolic link leads out of the project: ");
        assertThat(error.where()).hasValue("link");
    }

    @Test
    void aLinkOutOfThePartThatIsShippedIsRefused() throws Exception {
        repository.write("apps/shop/a", "a").commit("1");
        var id = repository.commitTree(
                repository.directory("apps", repository.directory("shop", repository.link("link", "../other"))));

        assertThat(refused(id, "apps/shop").where()).hasValue("apps/shop/link");
    }

    @Test
    void twoLinksThatLeadOutTogetherAreRefused() throws Exception {
        var id = repository.commitTree(
                repository.directory("a", repository.directory("b", repository.link("up", "../.."))),
                repository.link("x", "a/b/up/../../secret"));

        assertThat(refused(id, "").where()).hasValue("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                ".git",
                ".GIT",
                ".Git ",
                "git~1",
                "../x",
                "a/../../x",
                "/etc/passwd",
                ".git/config",
                "a//b",
                "new\nline",
                "\u001b[2J",
                "\u202Egnp.exe",
                "tab\t",
                ".g\u200cit"
            })
    void aHostileNameIsRefused(String name) throws Exception {
        var id = repository.commitTree(repository.file(name, "x"));

        var error = refused(id, "");

        assertThat(error.what()).startsWith("the file name ");
        assertThat(error.where().orElseThrow()).doesNotContain("\u001b", "\n", "\u202E");
        assertThat(names()).isEmpty();
    }

    @Test
    void anEndlesslyDeepDirectoryIsRefused() throws Exception {
        var entry = repository.file("x", "x");
        for (var depth = 0; depth < 3_000; depth++) {
            entry = repository.directory("d", entry);
        }
        var id = repository.commitTree(entry);

        assertThat(refused(id, "").what()).isEqualTo("the file name is longer than 4000 characters");
    }

    @Test
    void aHostileDirectoryIsRefused() throws Exception {
        var id = repository.commitTree(repository.directory("..", repository.file("x", "x")));

        assertThat(refused(id, "").what()).startsWith("the file name is not allowed");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void aDirectoryBehindALinkOfTheSameNameIsRefused() throws Exception {
        var id = repository.commitTree(
                repository.directory("real", repository.file("x", "x")),
                repository.link("same", "real"),
                repository.directory("same", repository.file("x", "overwritten")));

        assertThat(refused(id, "").what()).isEqualTo("two entries of the commit have this name");
        assertThat(out.resolve("real/x")).hasContent("x");
    }

    @Test
    void aFileBehindALinkOfTheSameNameIsRefused() throws Exception {
        var id = repository.commitTree(
                repository.file("real", "x"), repository.link("same", "real"), repository.file("same", "overwritten"));

        assertThat(refused(id, "").where()).hasValue("same");
        assertThat(out.resolve("real")).hasContent("x");
    }

    @Test
    void aSubmoduleIsAnEmptyDirectory() throws Exception {
        var id = repository.commitTree(
                repository.file("a", "a"), new Entry("module", FileMode.GITLINK, ObjectId.fromString("1".repeat(40))));

        export(id, "");

        assertThat(out.resolve("module")).isEmptyDirectory();
    }

    @Test
    void aCommitOfWhichAFileIsMissingAsksForTheRest() throws Exception {
        var id = repository.commitTree(new Entry("gone", FileMode.REGULAR_FILE, ObjectId.fromString("2".repeat(40))));

        var error = refused(id, "");

        assertThat(error.what()).contains("is not complete in this clone");
        assertThat(error.fix()).hasValue("run: git fetch --unshallow");
    }

    @Test
    void aLargeFileIsWrittenWhole() throws Exception {
        repository.write("large", "0123456789abcdef".repeat(4 << 20)).commit("64 MB");

        export("HEAD", "");

        assertThat(out.resolve("large")).hasSize(64L << 20);
        assertThat(Files.mismatch(out.resolve("large"), root.resolve("large"))).isEqualTo(-1);
    }

    @Test
    void anInterruptEndsTheExport() throws Exception {
        repository.write("a", "a").commit("1");

        try (var opened = SourceRepository.around(root)) {
            var commit = opened.commit("HEAD");
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> opened.export(commit, out));
        }
        assertThat(names()).isEmpty();
    }

    private void export(String revision, String prefix) throws InterruptedException {
        try (var opened = SourceRepository.around(root.resolve(prefix))) {
            opened.export(opened.commit(revision), out);
        }
    }

    private UserError refused(String revision, String prefix) {
        var error = catchThrowableOfType(UserError.class, () -> export(revision, prefix));
        assertThat(error).as("nothing was refused").isNotNull();
        return error;
    }

    private List<String> names() throws Exception {
        try (var files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
