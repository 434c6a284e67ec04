package dev.stepzero.invoicer.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Environment variables. A blank one counts as absent. */
public final class Environment {
    private static final int LARGEST_SECRET = 4096;

    private final Map<String, String> variables;

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> UserError.settings(name + " is not set"));
    }

    /** The value of {@code name}, or the content of the file named by {@code name_FILE} without its last line break. */
    public Optional<Secret> secret(String name) {
        var file = text(name + "_FILE");
        var value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty());
        if (file.isPresent() && value.isPresent()) {
            throw UserError.settings("both " + name + " and " + name + "_FILE are set: keep one");
        }
        return file.map(path -> read(name + "_FILE", path)).or(() -> value).map(Secret::new);
    }

    public Secret requiredSecret(String name) {
        return secret(name).orElseThrow(() -> UserError.settings("neither " + name + " nor " + name + "_FILE is set"));
    }

    public int port(String name, int otherwise) {
        return text(name).map(value -> parsePort(name, value)).orElse(otherwise);
    }

    public boolean flag(String name) {
        return switch (text(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw UserError.settings(name + " must be true or false");
        };
    }

    static int parsePort(String name, String value) {
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        throw UserError.settings(name + " has no valid port number: " + value);
    }

    private static String read(String name, String path) {
        try (var in = Files.newInputStream(Path.of(path))) {
            var bytes = in.readNBytes(LARGEST_SECRET + 1);
            var text = new String(bytes, 0, Math.min(bytes.length, LARGEST_SECRET)).replaceFirst("\\R\\z", "");
            if (text.isEmpty() || bytes.length > LARGEST_SECRET) {
                throw UserError.settings(name + " names a file that is empty or too large: " + path);
            }
            return text;
        } catch (IOException e) {
            throw UserError.settings(name + " names a file that cannot be read: " + path);
        }
    }
}
