package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** One suite of an archive, from its signed table of contents to its package lists. */
record Suite(Source source, String architecture, Download download, Clock clock) {

    /** Adds the suite's packages to an index, unless apt would not install them unasked. */
    boolean addTo(PackageIndex into) throws InterruptedException {
        var address = source.file("InRelease");
        var signed = download.text(address)
                .orElseThrow(() -> UserError.engine("the Debian archive has no suite " + source.suite())
                        .at(address.toString())
                        .fix("check the suite's name"));
        var text = new SignedText(source.keyrings(), clock.instant()).open(signed, address.toString());
        var release = ReleaseFile.read(text, source, clock.instant());
        if (!release.automatic()) {
            return false;
        }
        for (var component : source.components()) {
            var path = component + "/binary-" + architecture + "/Packages";
            var plain = release.find(path).map(ReleaseFile.Entry::size).orElse(Long.MAX_VALUE);
            try (var in = new BufferedReader(
                    new InputStreamReader(new Bounded(open(release, path), plain), StandardCharsets.UTF_8))) {
                into.add(in);
            } catch (IOException e) {
                throw UserError.unreadable("the Debian archive's package list is damaged")
                        .at(source.file(path).toString())
                        .because(e);
            }
        }
        return true;
    }

    private InputStream open(ReleaseFile release, String path) throws IOException, InterruptedException {
        for (var suffix : List.of(".xz", ".gz", "")) {
            var entry = release.find(path + suffix);
            if (entry.isPresent()) {
                var file = find(release, path + suffix, entry.get());
                if (file.isPresent()) {
                    var in = Files.newInputStream(file.get());
                    return switch (suffix) {
                        case ".xz" -> new XZInputStream(in);
                        case ".gz" -> new GZIPInputStream(in, 1 << 16);
                        default -> in;
                    };
                }
            }
        }
        throw UserError.engine("the Debian archive has no packages for " + architecture)
                .at(source.file(path).toString())
                .fix("check the components in apt's sources");
    }

    private Optional<Path> find(ReleaseFile release, String path, ReleaseFile.Entry entry) throws InterruptedException {
        if (release.byHash()) {
            var directory = path.substring(0, path.lastIndexOf('/') + 1);
            var file = download.verified(
                    source.file(directory + "by-hash/SHA256/" + entry.sha256().hex()), entry.sha256(), entry.size());
            if (file.isPresent()) {
                return file;
            }
        }
        return download.verified(source.file(path), entry.sha256(), entry.size());
    }
}
