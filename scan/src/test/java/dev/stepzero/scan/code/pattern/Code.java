package dev.stepzero.scan.code.pattern;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A tree of code in a test, with rules of its own. */
final class Code {
    private final Path root;
    private final Path rules;

    Code(Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("code"));
        rules = Files.createDirectories(directory.resolve("rules"));
    }

    Code file(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Code bytes(String name, byte[] bytes) throws IOException {
        Files.write(root.resolve(name), bytes);
        return this;
    }

    /** A rule of the severity high. @param body from {@code patterns} or {@code sources} on */
    Code rule(String id, String language, String body) throws IOException {
        Files.writeString(rules.resolve(id + "." + language + ".yaml"), """
                id: %s
                title: A title
                severity: high
                stride: [tampering]
                cwe: [20]
                why: It matters.
                fix: Mend it.
                message: It is wrong
                """.formatted(id) + body);
        return this;
    }

    Code framework(String name, String language, String body) throws IOException {
        Files.writeString(rules.resolve(name + "." + language + ".yaml"), """
                framework: %s
                title: A library
                """.formatted(name) + body);
        return this;
    }

    ScanReport report() throws InterruptedException {
        return new PatternScanner(List.of(rules), Clock.systemUTC()).scan(new Subject.SourceTree("app", root));
    }

    /** What a rule finds. */
    List<Finding> found(String rule) throws InterruptedException {
        return report().findings().stream()
                .filter(each -> each.rule().equals(rule))
                .toList();
    }

    /** The lines on which a rule finds something. */
    List<Integer> lines(String rule) throws InterruptedException {
        return found(rule).stream().map(each -> each.location().startLine()).toList();
    }
}
