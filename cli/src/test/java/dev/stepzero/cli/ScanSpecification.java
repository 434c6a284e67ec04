package dev.stepzero.cli;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import dev.stepzero.core.Undecided;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A tree to scan, scanners that find what a test says, and what a user sees of it. */
abstract class ScanSpecification {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    final List<Finding> findings = new ArrayList<>();
    final List<Undecided> undecided = new ArrayList<>();
    final List<ScanOptions> given = new ArrayList<>();
    Map<String, String> environment = Map.of("LANG", "C.UTF-8");

    record Answer(int exitCode, String out, String err) {}

    /** Finds what the test says. */
    private final class Seer implements Scanner {
        @Override
        public String name() {
            return "seer";
        }

        @Override
        public boolean looksAt(Subject subject) {
            return subject instanceof Subject.SourceTree;
        }

        @Override
        public Scanner with(ScanOptions options) {
            given.add(options);
            return this;
        }

        @Override
        public ScanReport scan(Subject subject) {
            return new ScanReport(findings, undecided, new Coverage(3, 2, 5, List.of()));
        }
    }

    /** Would find something everywhere, but looks at images only. */
    private static final class ImagesOnly implements Scanner {
        @Override
        public String name() {
            return "pictures";
        }

        @Override
        public boolean looksAt(Subject subject) {
            return subject.equals(new Subject.Image("x", Path.of("."), Digest.of(new byte[0])));
        }

        @Override
        public ScanReport scan(Subject subject) {
            throw new IllegalStateException("it was not asked");
        }
    }

    final Answer scan(String... options) {
        var words = new ArrayList<>(List.of("scan", directory.toString()));
        words.addAll(List.of(options));
        return run(words);
    }

    final Answer run(List<String> words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, environment);
        var commands = new Commands(terminal, CLOCK);
        var factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ScanCommand.class
                        ? type.cast(new ScanCommand(terminal, CLOCK, List.of(new ImagesOnly(), new Seer())))
                        : commands.create(type);
            }
        };
        var exitCode = Main.run(terminal, factory, words.toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    final void find(String rule, Severity severity, int line) {
        findings.add(new Finding(
                rule,
                List.of("CKV_1"),
                "Something is open",
                severity,
                new Location("thing.a[\"k\"]", "main.tf", line, line),
                "It is open to 0.0.0.0/0",
                "Close it.",
                List.of(),
                List.of(284),
                Set.of(),
                List.of(),
                Finding.fingerprint(rule, "thing.a", "")));
    }

    final void write(String name, String content) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
