package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rule files about program code, which engines of their own read. Those that come with Stepzero are parsed by the build
 * and packed into one file for each language, so that no scan begins with reading YAML.
 */
public final class CodeRuleFiles {
    /** What rules about Java are written in. */
    public static final String JAVA = "java";

    /** The languages whose rules are patterns. */
    public static final Set<String> OF_PATTERNS = Set.of("python", "javascript", "go");

    private static final Pattern OF_CODE =
            Pattern.compile(".*[.](" + JAVA + "|" + String.join("|", OF_PATTERNS) + ")[.]ya?ml");

    private CodeRuleFiles() {}

    /** Whether a file holds rules about program code: its name ends in {@code .java.yaml}, {@code .go.yaml} and so on. */
    public static boolean isOne(Path file) {
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

    /** Packs those of a directory into the one file that {@link #builtIn} reads. */
    static void pack(Path directory, String language, Path output) throws IOException {
        write(in(directory, Set.of(language)), output.resolve(packed(language)));
    }

    private static void write(Map<String, RuleYaml> files, Path output) throws IOException {
        Files.createDirectories(output.getParent());
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(output)))) {
            out.writeInt(files.size());
            for (var file : files.entrySet()) {
                out.writeUTF(file.getKey());
                file.getValue().write(out);
            }
        }
    }

    /**
     * Those of a directory and below, by their paths in it.
     *
     * @throws UserError if one cannot be read or is no rule file
     */
    public static Map<String, RuleYaml> in(Path directory, Set<String> languages) {
        var read = new LinkedHashMap<String, RuleYaml>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.filter(CodeRuleFiles::isOne).sorted().toList()) {
                if (languages.contains(language(file.toString()))) {
                    read.put(
                            directory.relativize(file).toString().replace('\\', '/'),
                            RuleYaml.parse(file.toString(), text(file)));
                }
            }
        } catch (IOException e) {
            throw UserError.unreadable("the rules cannot be read: " + e.getMessage())
                    .at(directory.toString())
                    .because(e);
        }
        return read;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw UserError.unreadable("it is no text in UTF-8")
                    .at(file.toString())
                    .because(e);
        } catch (IOException e) {
            throw UserError.unreadable("it is no file that can be read")
                    .at(file.toString())
                    .because(e);
        }
    }

    /** Those about a language that come with Stepzero, by their names. */
    public static Map<String, RuleYaml> builtIn(String language) {
        var resource = packed(language);
        try (var stream = CodeRuleFiles.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out the rules of " + resource);
            }
            var in = new DataInputStream(new BufferedInputStream(stream));
            var files = new LinkedHashMap<String, RuleYaml>();
            for (int left = in.readInt(); left > 0; left--) {
                var name = in.readUTF();
                files.put(name, RuleYaml.read(name, in));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packed(String language) {
        return "code-" + language + ".bin";
    }
}
