package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What pip and its kind installed: the metadata of a {@code .dist-info} or {@code .egg-info}, and eggs. A wheel that
 * lies somewhere is not installed and not read.
 */
final class PythonPackage implements FileReader {
    private static final int LARGEST = 8 << 20;
    private static final int LARGEST_EGG = 32 << 20;

    @Override
    public boolean takes(String path) {
        return path.endsWith(".dist-info/METADATA")
                || path.endsWith(".egg-info/PKG-INFO")
                || path.endsWith("/EGG-INFO/PKG-INFO")
                || path.endsWith(".egg-info")
                || path.endsWith(".egg");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var content = file.path().endsWith(".egg") ? inEgg(file) : file.bytes(LARGEST);
        var fields = fields(new String(content, java.nio.charset.StandardCharsets.UTF_8));
        var name = fields.getOrDefault("name", "");
        var version = fields.getOrDefault("version", "");
        if (!name.isEmpty() && !version.isEmpty()) {
            facts.accept(Fact.Library.of(PackageUrl.of("pypi", "", name, version), licenses(fields)));
        }
    }

    private static byte[] inEgg(FileContent file) throws IOException {
        var zip = dev.stepzero.scan.packages.installed.archive.ZipBytes.open(file.bytes(LARGEST_EGG));
        for (var entry : zip.entries()) {
            if (entry.name().equals("EGG-INFO/PKG-INFO")) {
                return zip.content(entry, LARGEST);
            }
        }
        return new byte[0];
    }

    /** The headers of the message, up to the description; of a repeated one the first. */
    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                break;
            }
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                fields.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static List<String> licenses(Map<String, String> fields) {
        var licenses = new ArrayList<String>();
        for (var field : List.of("license-expression", "license")) {
            var value = fields.getOrDefault(field, "");
            if (!value.isEmpty() && !value.equals("UNKNOWN") && licenses.isEmpty()) {
                licenses.add(value);
            }
        }
        return licenses;
    }
}
