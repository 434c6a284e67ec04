package dev.stepzero.scan.packages.installed;

import com.github.luben.zstd.ZstdInputStream;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The packages of chiselled Ubuntu images, a JSON object a line under Zstandard compression, and the files kept of them. */
final class ChiselManifest implements FileReader {
    private static final int LARGEST = 8 << 20;

    @Override
    public boolean takes(String path) {
        return path.equals("/var/lib/chisel/manifest.wall");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var owned = new HashSet<String>();
        for (var line : (Iterable<String>) text(file.bytes(LARGEST)).lines()::iterator) {
            if (line.isBlank()) {
                continue;
            }
            var json = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            var kind = json.path("kind").asString("");
            if (kind.equals("path")) {
                owned.add(OwnedPaths.normal(json.path("path").asString("")));
            } else if (kind.equals("package")) {
                var name = json.path("name").asString("");
                var version = json.path("version").asString("");
                if (!name.isEmpty() && !version.isEmpty()) {
                    // The manifest does not name the source, which most packages share their name and version with.
                    facts.accept(new Fact.OsPackage(
                            "deb",
                            name,
                            version,
                            "",
                            json.path("arch").asString(""),
                            Optional.of(new SourcePackage(name, version)),
                            List.of()));
                }
            }
        }
        facts.accept(new Fact.Owned(owned));
    }

    private static String text(byte[] content) {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(content))) {
            var text = in.readNBytes(FileContent.LARGEST_TEXT + 1);
            if (text.length > FileContent.LARGEST_TEXT) {
                throw new UnreadableFile("decompresses to more than " + (FileContent.LARGEST_TEXT >> 20) + " MiB");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnreadableFile("no Zstandard stream");
        }
    }
}
