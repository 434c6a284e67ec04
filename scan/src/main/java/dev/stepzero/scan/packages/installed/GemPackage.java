package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.PackageUrl;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Installed gems. Their specifications are programs, so only the file's name is read, which RubyGems makes of name,
 * version and platform.
 */
final class GemPackage implements FileReader {
    private static final Pattern PATH = Pattern.compile(
            ".*/specifications/(?:default/)?(?<name>[^/]+?)-(?<version>\\d+(?:\\.\\w+)*)(?:-(?<platform>[^/]+))?\\.gemspec");

    @Override
    public boolean takes(String path) {
        return path.endsWith(".gemspec") && PATH.matcher(path).matches();
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) {
        var matcher = PATH.matcher(file.path());
        if (matcher.matches()) {
            var platform = matcher.group("platform");
            var purl = PackageUrl.of("gem", "", matcher.group("name"), matcher.group("version"))
                    .with("platform", platform == null ? "" : platform);
            facts.accept(Fact.Library.of(purl, List.of()));
        }
    }
}
