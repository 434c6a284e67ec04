package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLinesTest {
    @TempDir
    private Path directory;

    @Test
    void linesOfAFileAreRead() throws IOException {
        Files.writeString(directory.resolve("a.tf"), "1\r\n2\n3\n");

        var sources = SourceLines.under(directory);

        assertThat(sources.lines("a.tf", 2, 9)).containsExactly("2", "3");
        assertThat(sources.lines("a.tf", 7, 9)).isEmpty();
    }

    @Test
    void nothingOutsideOfTheDirectoryIsRead() throws IOException {
        var inner = Files.createDirectories(directory.resolve("inner"));
        var secret = Files.writeString(directory.resolve("secret"), "s");
        Files.createSymbolicLink(inner.resolve("link"), secret);
        Files.createSymbolicLink(inner.resolve("up"), directory);

        var sources = SourceLines.under(inner);

        assertThat(sources.lines("../secret", 1, 1)).isEmpty();
        assertThat(sources.lines(secret.toString(), 1, 1)).isEmpty();
        assertThat(sources.lines("link", 1, 1)).isEmpty();
        assertThat(sources.lines("up/secret", 1, 1)).isEmpty();
        assertThat(sources.lines("no\u0000name", 1, 1)).isEmpty();
    }

    @Test
    void anExcerptHasAtMostSevenLines() throws IOException {
        Files.writeString(directory.resolve("a.tf"), "  x\n".repeat(100));

        var excerpt = Excerpt.of(new Location("r", "a.tf", 50, 90), SourceLines.under(directory));

        assertThat(excerpt).isEqualTo(new Excerpt(49, 50, java.util.Collections.nCopies(7, "x")));
    }

    @Test
    void aLineBelowTheEndOfTheFileHasNoExcerpt() throws IOException {
        Files.writeString(directory.resolve("a.tf"), "x\n");

        var excerpt = Excerpt.of(new Location("r", "a.tf", 9, 9), SourceLines.under(directory));

        assertThat(excerpt.isEmpty()).isTrue();
    }
}
