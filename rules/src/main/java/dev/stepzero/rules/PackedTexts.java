package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rule files about program code, which another engine reads, packed into one file by the build. */
public final class PackedTexts {
    private static final Pattern OF_CODE = Pattern.compile(".*[.]java[.]ya?ml");

    private PackedTexts() {}

    /** Whether a file holds rules about program code: its name ends in {@code .java.yaml}. */
    public static boolean isOfCode(Path file) {
        return OF_CODE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /**
     * What the build runs.
     *
     * @param arguments a directory and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        var output = Path.of(arguments[1]);
        Files.createDirectories(output.getParent());
        var texts = in(Path.of(arguments[0]));
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(output)))) {
            out.writeInt(texts.size());
            for (var text : texts.entrySet()) {
                out.writeUTF(text.getKey());
                var bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    /** Those of a directory and below, by their paths. @throws UserError if one cannot be read */
    public static Map<String, String> in(Path directory) {
        var texts = new LinkedHashMap<String, String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.filter(PackedTexts::isOfCode).sorted().toList()) {
                texts.put(directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw UserError.unreadable("the rules cannot be read: " + e.getMessage())
                    .at(directory.toString())
                    .because(e);
        }
        return texts;
    }

    /** Those about Java that come with Stepzero, by their names. */
    public static Map<String, String> java() {
        try (var stream = PackedTexts.class.getResourceAsStream("code-java.bin")) {
            if (stream == null) {
                throw new IllegalStateException("the build left out the rules about Java");
            }
            var in = new DataInputStream(new BufferedInputStream(stream));
            var texts = new LinkedHashMap<String, String>();
            for (int left = in.readInt(); left > 0; left--) {
                var name = in.readUTF();
                texts.put(name, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
