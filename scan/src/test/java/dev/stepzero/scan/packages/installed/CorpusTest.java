package dev.stepzero.scan.packages.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the readers to other people's files and the packages that they expect in them, where these are at hand. */
class CorpusTest {
    private static final Path CORPUS = Path.of("../../shared/corpora/packages/lockfiles.tar.gz");

    /** Where a file of each kind lies in an image; {@code *} is its own name. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("os/dpkg", "var/lib/dpkg/status"),
            Map.entry("os/apk", "lib/apk/db/installed"),
            Map.entry("os/rpm", "var/lib/rpm/Packages"),
            Map.entry("os/chisel", "var/lib/chisel/manifest.wall"),
            Map.entry("language/java/archive", "app/*"),
            Map.entry("language/python/wheelegg", "usr/lib/python3/site-packages/it.dist-info/METADATA"),
            Map.entry("language/python/condameta", "opt/conda/conda-meta/it.json"),
            Map.entry("language/javascript/packagejson", "app/node_modules/it/package.json"),
            Map.entry("language/ruby/gemspec", "usr/lib/ruby/gems/3.3.0/specifications/*"),
            Map.entry("language/dotnet/depsjson", "app/it.deps.json"),
            Map.entry("language/rust/cargoauditable", "usr/local/bin/it"),
            Map.entry("language/golang/gobinary", "usr/local/bin/it"));

    /** Where we differ on purpose: the file's end, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "com.google.src.yolo-0.1.2.jar", "its manifest and its name agree on what it is",
            "monotonic-1.6-py2.py3-none-any.whl", "a wheel that lies somewhere is not installed",
            "package-with-deps.json", "what a package asks for is not there for that",
            "duplicate-keys.json", "what a package asks for is not there for that");

    @TempDir
    Path directory;

    @Test
    void everyExpectedPackageIsFoundAndNoneIsInvented() throws Exception {
        assumeThat(CORPUS).exists();
        var contents = contents();
        var differences = new ArrayList<String>();
        int looked = 0;

        for (var line : text(contents, "manifest.jsonl").lines().toList()) {
            var example = JsonMapper.shared().readTree(line);
            var file = example.path("file").asString();
            var place = place(example.path("format").asString(), file);
            if (place.isEmpty() || EXCEPTIONS.keySet().stream().anyMatch(file::endsWith)) {
                continue;
            }
            looked++;
            var found = found(place, bytes(contents, file), looked);
            var expected = expected(example);
            if (!found.equals(expected)) {
                differences.add(file + ": expected " + expected + ", found " + found);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(looked).isGreaterThan(60);
    }

    private static String place(String format, String file) {
        var name = file.substring(file.lastIndexOf('/') + 1);
        // Of source trees, a specification has no version in its name; only installed ones are read here.
        if (format.equals("language/ruby/gemspec") && !name.matches("(yaml-0.2.1|rss-0.2.9).gemspec")) {
            return "";
        }
        var place = PLACES.getOrDefault(format, "");
        if (format.equals("os/dpkg") && file.contains("/opkg/")) {
            place = "usr/lib/opkg/status";
        } else if (file.contains("status.d/")) {
            place = "var/lib/dpkg/status.d/*";
        } else if (name.endsWith(".egg")) {
            place = "usr/lib/python3/site-packages/*";
        }
        return place.replace("*", name);
    }

    private TreeSet<String> found(String place, byte[] content, int number) throws Exception {
        var root = directory.resolve(String.valueOf(number));
        var file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        var names = new TreeSet<String>();
        for (var component : InstalledPackages.of(root).components()) {
            names.add(name(component.purl()) + " " + component.purl().version());
        }
        return names;
    }

    private static String name(PackageUrl purl) {
        return purl.type().equals("pypi") ? purl.name() : purl.displayName();
    }

    private static TreeSet<String> expected(JsonNode example) {
        var python = example.path("format").asString().startsWith("language/python/wheel");
        var names = new TreeSet<String>();
        for (var each : example.path("packages").values()) {
            var name = each.path("name").asString();
            names.add((python ? PackageUrl.of("pypi", "", name, "").name() : name) + " "
                    + each.path("version").asString());
        }
        return names;
    }

    private static Map<String, byte[]> contents() throws IOException {
        var contents = new HashMap<String, byte[]>();
        try (InputStream file = Files.newInputStream(CORPUS);
                var tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    contents.put(entry.getName().replaceFirst("^(\\./)?(lockfiles/)?", ""), tar.readAllBytes());
                }
            }
        }
        return contents;
    }

    private static byte[] bytes(Map<String, byte[]> contents, String file) {
        assertThat(contents).as(List.copyOf(contents.keySet()).toString()).containsKey(file);
        return contents.getOrDefault(file, new byte[0]);
    }

    private static String text(Map<String, byte[]> contents, String file) {
        return new String(bytes(contents, file), StandardCharsets.UTF_8);
    }
}
