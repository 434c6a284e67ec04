package dev.stepzero.scan.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be had is said, with the reason, and costs none of the others. */
class UnreadableFilesTest {
    @TempDir
    private Path tree;

    private final Intake intake = new Intake();

    @Test
    void aFileThatWentAwayWhileTheTreeWasListedIsNoFaultOfTheTree() throws Exception {
        var walk = TreeWalk.everywhere(tree, intake);
        var gone = tree.resolve("gone.tf");

        var next = walk.visitFileFailed(gone, new NoSuchFileException(gone.toString()));

        assertThat(next).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(intake.problems()).isEmpty();
        assertThat(intake.skipped())
                .singleElement()
                .hasToString("Skipped[path=gone.tf, reason=it was gone before it could be read]");
    }

    @Test
    void aTreeThatIsNotThereIsAnError() throws Exception {
        var walk = TreeWalk.everywhere(tree, intake);
        var problem = new NoSuchFileException(tree.toString());

        assertThatThrownBy(() -> walk.visitFileFailed(tree, problem)).isSameAs(problem);
    }

    @Test
    void aDirectoryThatNobodyMayReadIsAFindingThatIsTheSameOnEveryMachine() throws Exception {
        var walk = TreeWalk.everywhere(tree, intake);
        var closed = tree.resolve("closed");

        walk.visitFileFailed(closed, new AccessDeniedException(closed.toString()));

        assertThat(intake.problems())
                .singleElement()
                .satisfies(each -> assertThat(each.message()).isEqualTo("it cannot be read: permission denied"))
                .satisfies(each -> assertThat(each.position().file()).isEqualTo("closed"));
    }

    @Test
    void aDirectoryThatGitIgnoresNeedNotBeReadable() throws Exception {
        Repository.in(tree).with(".gitignore", "data/\n");
        var walk = TreeWalk.ofRepository(tree, intake);
        Files.walkFileTree(tree, walk);
        walk.preVisitDirectory(tree, Files.readAttributes(tree, java.nio.file.attribute.BasicFileAttributes.class));

        walk.visitFileFailed(tree.resolve("data"), new AccessDeniedException("data"));
        walk.visitFileFailed(tree.resolve("source"), new AccessDeniedException("source"));

        assertThat(walk.ignored).containsExactly("data");
        assertThat(intake.problems()).extracting(each -> each.position().file()).containsExactly("source");
    }

    @Test
    void anIgnoredDirectoryThatWentAwayIsLeftOut() throws Exception {
        var repository = Repository.in(tree).with(".gitignore", "out/\n").withFiles("a.tf", "out/a.class");
        var listing = repository.listing();
        Files.delete(tree.resolve("out/a.class"));
        Files.delete(tree.resolve("out"));

        assertThat(listing.leftOut()).isEmpty();
    }

    @Test
    void theReasonIsToldInWords() {
        assertThat(FileFailure.reason(new FileSystemException("/a", null, "Too many open files")))
                .isEqualTo("Too many open files");
        assertThat(FileFailure.reason(new NoSuchFileException("/a"))).isEqualTo("it is gone");
        assertThat(FileFailure.reason(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }
}
