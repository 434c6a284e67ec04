package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.Distribution;
import java.io.IOException;
import java.util.HashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which distribution this is (os-release(5)). */
final class OsRelease implements FileReader {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Z0-9_]+)=(?:\"([^\"]*)\"|'([^']*)'|(\\S*))\\s*");
    private static final Pattern RELEASE = Pattern.compile("(\\d+\\.\\d+)\\.\\d+");
    private static final int LARGEST = 64 << 10;

    @Override
    public boolean takes(String path) {
        return path.equals("/etc/os-release") || path.equals("/usr/lib/os-release");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var values = new HashMap<String, String>();
        var text = new String(file.bytes(LARGEST), java.nio.charset.StandardCharsets.UTF_8);
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var matcher = ASSIGNMENT.matcher(line);
            if (matcher.matches()) {
                var value = matcher.group(2) != null
                        ? matcher.group(2)
                        : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
                values.put(matcher.group(1), value);
            }
        }
        var id = values.getOrDefault("ID", "linux");
        facts.accept(new Fact.Release(new Distribution(
                id, version(id, values.getOrDefault("VERSION_ID", "")), values.getOrDefault("VERSION_CODENAME", ""))));
    }

    /** Alpine's advisories are those of a branch, not of its point releases; what is built from its edge says so. */
    private static String version(String id, String version) {
        if (!id.equals("alpine")) {
            return version;
        }
        if (version.contains("alpha")) {
            return "edge";
        }
        var matcher = RELEASE.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }
}
