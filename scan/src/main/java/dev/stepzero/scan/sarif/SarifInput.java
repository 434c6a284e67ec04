package dev.stepzero.scan.sarif;

import java.nio.file.Path;

/**
 * A file in SARIF.
 *
 * @param name what people call it, such as {@code standard input}
 */
public record SarifInput(Path file, String name) {

    public static SarifInput of(Path file) {
        return new SarifInput(file, file.toString());
    }
}
