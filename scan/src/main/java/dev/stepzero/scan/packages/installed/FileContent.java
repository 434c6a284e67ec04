package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.installed.bytes.Bytes;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that streams by: it can be read once.
 *
 * @param size in bytes, as the layer says it
 */
record FileContent(String path, long size, InputStream stream) {
    /** As large as a database of half a million packages' files is not. */
    static final int LARGEST_TEXT = 64 << 20;

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The whole content. @throws UnreadableFile if it is larger than that */
    byte[] bytes(int most) throws IOException {
        if (size > most) {
            throw new UnreadableFile("larger than " + (most >> 20) + " MiB");
        }
        return Bytes.read(stream, (int) size);
    }

    String text() throws IOException {
        return new String(bytes(LARGEST_TEXT), StandardCharsets.UTF_8);
    }

    /**
     * The paragraphs of a control file, as Debian Policy 5.1 describes them: each a map from a field's name to its
     * value, where the lines that follow a field's first are joined with it by line feeds.
     */
    List<Map<String, String>> paragraphs() throws IOException {
        var all = new ArrayList<Map<String, String>>();
        var fields = new LinkedHashMap<String, String>();
        var last = "";
        for (var line : (Iterable<String>) text().lines()::iterator) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                if (!fields.isEmpty()) {
                    all.add(fields);
                }
                fields = new LinkedHashMap<>();
            } else if (Character.isWhitespace(line.charAt(0))) {
                fields.computeIfPresent(last, (name, value) -> value + "\n" + line.strip());
            } else if (colon > 0) {
                last = line.substring(0, colon);
                fields.putIfAbsent(last, line.substring(colon + 1).strip());
            }
        }
        if (!fields.isEmpty()) {
            all.add(fields);
        }
        return all;
    }
}
