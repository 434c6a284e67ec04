package dev.stepzero.scan.packages.installed;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which files dpkg's packages brought: {@code info/*.list}, or the checksums that distroless images keep instead. */
final class DpkgFiles implements FileReader {
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{32}\\s+\\*?");

    @Override
    public boolean takes(String path) {
        return path.endsWith(".md5sums")
                ? path.startsWith("/var/lib/dpkg/info/") || path.startsWith("/var/lib/dpkg/status.d/")
                : path.endsWith(".list") && path.startsWith("/var/lib/dpkg/info/");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var list = file.path().endsWith(".list");
        Stream<String> paths = list
                ? file.text().lines()
                : file.text().lines().map(line -> "/" + CHECKSUM.matcher(line).replaceFirst(""));
        facts.accept(new Fact.Owned(
                paths.filter(OwnedPaths::matters).map(OwnedPaths::normal).collect(Collectors.toSet())));
    }
}
