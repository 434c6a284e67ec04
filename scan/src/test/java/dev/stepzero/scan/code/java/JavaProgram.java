package dev.stepzero.scan.code.java;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** A Maven project that a test writes and compiles. */
final class JavaProgram {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private final Path directory;

    JavaProgram(Path directory) {
        this.directory = directory;
    }

    /** A class {@code app.Example} with this in a method that is given a request, a response and a connection. */
    static String handling(String body) {
        return """
                package app;
                import jakarta.servlet.http.*;
                import java.util.*;
                class Example {
                    void handle(HttpServletRequest request, HttpServletResponse response, java.sql.Statement sql) throws Exception {
                %s
                    }
                }
                """.formatted(body.indent(8));
    }

    JavaProgram source(String text) {
        write("src/main/java/" + path(text), text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    JavaProgram resource(String name, String text) {
        write("target/classes/" + name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    JavaProgram write(String path, byte[] bytes) {
        try {
            var file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String text) {
        var within = PACKAGE.matcher(text);
        var type = TYPE.matcher(text);
        if (!within.find() || !type.find()) {
            throw new IllegalArgumentException(text);
        }
        return within.group(1).replace('.', '/') + "/" + type.group(1) + ".java";
    }

    /** Compiles what there is against the stubs of the frameworks. */
    JavaProgram compiled() {
        try (var files = Files.walk(directory.resolve("src"))) {
            var stubs = directory.resolveSibling("stubs");
            var sources = new ArrayList<Path>();
            for (var stub : Knowledge.with(List.of()).stubs()) {
                var file = stubs.resolve("src").resolve(path(stub));
                Files.createDirectories(file.getParent());
                Files.writeString(file, stub);
                sources.add(file);
            }
            compile(sources, stubs.resolve("classes"), stubs);
            compile(
                    files.filter(file -> file.toString().endsWith(".java")).toList(),
                    classes(),
                    stubs.resolve("classes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static void compile(List<Path> sources, Path target, Path classPath) throws IOException {
        Files.createDirectories(target);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of("-d", target.toString(), "-cp", classPath.toString(), "-proc:none", "-nowarn", "-g");
            var units = files.getJavaFileObjectsFromPaths(sources);
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalArgumentException(messages.toString());
            }
        }
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    ScanReport scan() throws InterruptedException {
        return new JavaCodeScanner(List.of(), CLOCK).scan(new Subject.SourceTree("app", directory));
    }

    /** The ids of the rules that fail, in the order of the findings. */
    List<String> rules() throws InterruptedException {
        return scan().findings().stream().map(each -> each.rule()).toList();
    }
}
