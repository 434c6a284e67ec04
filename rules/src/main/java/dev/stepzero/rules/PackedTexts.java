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
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rule files about program code, which another engine reads, packed into one file by the build. */
public final class PackedTexts {
    private static final Pattern OF_CODE = Pattern.compile(".*[.](java|python|javascript|go)[.]ya?ml");

    private PackedTexts() {}

    /** Whether a file holds rules about program code: its name ends in {@code .java.yaml}, {@code .go.yaml} and so on. */
    public static boolean isOfCode(Path file) {
        return OF_CODE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** The language that the rules of such a file are about, by its name or path. @throws IllegalArgumentException if it is none */
    public static String language(String name) {
        var form = OF_CODE.matcher(name);
        if (!form.matches()) {
            throw new IllegalArgumentException(name);
        }
        return form.group(1);
    }

    /**
     * What the build runs.
     *
     * @param arguments pairs of a directory and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i += 2) {
            write(in(Path.of(arguments[i])), Path.of(arguments[i + 1]));
        }
    }

    private static void write(Map<String, String> texts, Path output) throws IOException {
        Files.createDirectories(output.getParent());
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
        return of("code-java.bin");
    }

    /** Those about Python, JavaScript and Go that come with Stepzero, by their names. */
    public static Map<String, String> patterns() {
        var all = new LinkedHashMap<String, String>();
        for (var language : List.of("python", "javascript", "go")) {
            all.putAll(of("code-" + language + ".bin"));
        }
        return all;
    }

    private static Map<String, String> of(String resource) {
        try (var stream = PackedTexts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out the rules of " + resource);
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
