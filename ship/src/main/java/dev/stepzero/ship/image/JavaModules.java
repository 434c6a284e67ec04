package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Finds the JDK modules that jars need. */
final class JavaModules {
    /** What code reaches through service loaders, so that no analysis sees it: elliptic curves, DNS, file systems in jars. */
    private static final List<String> ALWAYS = List.of("java.naming", "jdk.crypto.ec", "jdk.unsupported", "jdk.zipfs");

    /** What takes part where the analysis cannot see the code, as in jars inside jars. */
    static final List<String> USUAL = List.of(
            "java.desktop",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.net.http",
            "java.scripting",
            "java.security.jgss",
            "java.sql",
            "java.xml",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.net");

    // Measured on a small jar: 0.8 instead of 1.9 seconds of processor time.
    private static final List<String> SHORT_LIVED = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

    private static final Pattern MODULES = Pattern.compile("[a-z][A-Za-z0-9.]*(,[a-z][A-Za-z0-9.]*)*");

    private final Path cache;

    JavaModules(Path cache) {
        this.cache = cache;
    }

    /** @param guessed whether the analysis failed, so that the usual modules were taken */
    record Found(List<String> modules, boolean guessed) {}

    Found find(Jdk jdk, Path jar, List<Path> libraries, List<String> more) throws IOException, InterruptedException {
        var seen = analysed(jdk, jar, libraries);
        var all = new TreeSet<>(ALWAYS);
        all.addAll(more);
        all.addAll(seen.isEmpty() ? USUAL : Arrays.asList(seen.split(",", -1)));
        return new Found(List.copyOf(all), seen.isEmpty());
    }

    private String analysed(Jdk jdk, Path jar, List<Path> libraries) throws IOException, InterruptedException {
        if (hasJarsInside(jar)) {
            return "";
        }
        var key = new StringBuilder(jdk.release());
        for (var file : Stream.concat(Stream.of(jar), libraries.stream()).toList()) {
            key.append(digestOf(file));
        }
        var known = cache.resolve(
                Digest.of(key.toString().getBytes(StandardCharsets.UTF_8)).hex());
        if (Files.notExists(known)) {
            Files.createDirectories(cache);
            var fresh = Files.createTempFile(cache, ".analysed", null);
            Files.writeString(fresh, analyse(jdk, jar, libraries));
            Files.move(fresh, known, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(known);
    }

    private static String analyse(Jdk jdk, Path jar, List<Path> libraries) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(SHORT_LIVED);
        arguments.addAll(List.of(
                "--print-module-deps", "--ignore-missing-deps", "--multi-release", Integer.toString(jdk.feature())));
        if (!libraries.isEmpty()) {
            arguments.add("--class-path");
            arguments.add(
                    String.join(":", libraries.stream().map(Path::toString).toList()));
        }
        arguments.add(jar.toString());
        libraries.forEach(library -> arguments.add(library.toString()));
        var said = jdk.run("jdeps", arguments);
        var last = said.text().substring(said.text().lastIndexOf('\n') + 1);
        return said.status() == 0 && MODULES.matcher(last).matches() ? last : "";
    }

    private static boolean hasJarsInside(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().endsWith(".jar"));
        }
    }

    static Digest digestOf(Path file) throws IOException {
        var sha256 = Digest.sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }
}
