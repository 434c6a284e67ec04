package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.Component.SourcePackage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The packages of dpkg: its status file, and the one file a package that distroless images have instead. opkg of
 * OpenWrt writes the same form.
 */
final class DpkgStatus implements FileReader {
    private static final String DIRECTORY = "/var/lib/dpkg/status.d/";
    private static final Set<String> OPKG = Set.of("/usr/lib/opkg/status", "/var/lib/opkg/status");
    private static final Pattern SOURCE = Pattern.compile("(\\S+)(?:\\s+\\(([^)]+)\\))?");

    @Override
    public boolean takes(String path) {
        return path.equals("/var/lib/dpkg/status")
                || OPKG.contains(path)
                || (path.startsWith(DIRECTORY) && !path.endsWith(".md5sums"));
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var type = OPKG.contains(file.path()) ? "opkg" : "deb";
        // A package of its own file has no status: the file's being there is the status.
        var alone = file.path().startsWith(DIRECTORY);
        for (var fields : file.paragraphs()) {
            var name = fields.getOrDefault("Package", "");
            var version = fields.getOrDefault("Version", "");
            var status = fields.getOrDefault("Status", alone ? "installed" : "");
            if (!name.isEmpty() && !version.isEmpty() && status.matches("(?:.*\\s)?installed")) {
                facts.accept(new Fact.OsPackage(
                        type,
                        name,
                        version,
                        "",
                        fields.getOrDefault("Architecture", ""),
                        Optional.of(source(fields, name, version)),
                        List.of()));
            }
        }
    }

    /** Without a field of its own, source and package have one name and one version (Debian Policy 5.6.1). */
    private static SourcePackage source(Map<String, String> fields, String name, String version) {
        var matcher = SOURCE.matcher(fields.getOrDefault("Source", name));
        if (!matcher.matches()) {
            return new SourcePackage(name, version);
        }
        var own = matcher.group(2);
        return new SourcePackage(matcher.group(1), own == null ? version : own.strip());
    }
}
