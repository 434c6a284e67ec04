package dev.stepzero.scan.code.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in and does harm by the frameworks that are known: a small program of each, with what is found marked. */
class FrameworksTest {
    private static final Path PROGRAMS = Path.of("src/test/resources/dev/stepzero/scan/code/pattern/frameworks");

    @TempDir
    private Path directory;

    static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            return files.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsMarkedIsFoundAndNothingElseThatIsBad(String program) throws Exception {
        var lines = Files.readAllLines(PROGRAMS.resolve(program));
        var marked = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(".*(#|//) found")) {
                marked.add(i + 1);
            }
        }
        Files.write(directory.resolve(program.replaceFirst("[.]txt$", "")), lines);

        var report = new PatternScanner(List.of(), Clock.systemUTC()).scan(new Subject.SourceTree("app", directory));

        assertThat(report.findings().stream()
                        .filter(each -> each.severity().compareTo(Severity.HIGH) >= 0
                                || !each.related().isEmpty())
                        .map(each -> each.location().startLine())
                        .distinct())
                .containsExactlyElementsOf(marked);
    }
}
