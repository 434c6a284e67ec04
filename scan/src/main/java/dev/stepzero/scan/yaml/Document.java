package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import java.util.List;

/**
 * One document of a file.
 *
 * @param root its value; the position goes over the whole document
 * @param duplicates the keys that stand twice in one object; the last of them holds
 */
public record Document(Located root, List<Duplicate> duplicates) {
    /** A key that was there already, and where it stands again. */
    public record Duplicate(String key, Position position) {}

    public Document {
        duplicates = List.copyOf(duplicates);
    }
}
