package dev.stepzero.scan.reach;

import dev.stepzero.core.Reach;
import dev.stepzero.scan.reach.Program.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A program and its libraries, compiled from the sources that a test writes. */
final class Built {
    private static final Pattern PACKAGE = Pattern.compile("package ([a-z.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|@interface) ([A-Z][A-Za-z]*)");

    private final Path directory;
    private final List<Path> own = new ArrayList<>();
    private final List<Path> libraries = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private Limits limits = Limits.USUAL;

    Built(Path directory) {
        this.directory = directory;
    }

    /** Compiles the program's own classes against the libraries that are there so far. */
    Built program(String... sources) {
        var classes = directory.resolve("classes");
        compile(classes, sources);
        own.add(classes);
        return this;
    }

    Built resource(String name, String text) {
        write(directory.resolve("classes").resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Built gap(String why) {
        gaps.add(why);
        return this;
    }

    Built within(Limits others) {
        limits = others;
        return this;
    }

    /** Compiles a library against those that are there so far. */
    Path library(String name, String... sources) {
        return library(name, Map.of(), sources);
    }

    /** The same with files beside its classes. */
    Path library(String name, Map<String, String> resources, String... sources) {
        var classes = directory.resolve(name);
        compile(classes, sources);
        var entries = new LinkedHashMap<String, byte[]>();
        try (var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resources.forEach((file, text) -> entries.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return jar(name, entries);
    }

    Path jar(String name, Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var each : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var jar = directory.resolve(name + ".jar");
        write(jar, bytes.toByteArray());
        libraries.add(jar);
        return jar;
    }

    /** Whether the program gets to a library, or to what an advisory names in it. */
    Reach reach(Path library, String... symbols) throws InterruptedException {
        var question = new Question(library, List.of(symbols), List.of());
        var answers = new Reachability(limits).answers(new Program(own, libraries, gaps), List.of(question));
        return answers.get(question);
    }

    private void compile(Path target, String... sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var units = Arrays.stream(sources).map(Built::unit).toList();
        var classPath = libraries.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator));
        var messages = new StringWriter();
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var options = List.of("-d", target.toString(), "-cp", classPath, "-proc:none", "-nowarn");
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new IllegalArgumentException(messages.toString());
        }
    }

    private static JavaFileObject unit(String source) {
        var within = PACKAGE.matcher(source);
        var type = TYPE.matcher(source);
        if (!within.find() || !type.find()) {
            throw new IllegalArgumentException(source);
        }
        var uri = URI.create("string:///" + within.group(1).replace('.', '/') + "/" + type.group(1) + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
