package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holes stand for, while a match is tried. */
public final class Holes {
    private final Map<String, Filling> fillings = new LinkedHashMap<>();

    /**
     * What a hole stands for.
     *
     * @param text the same hole must have the same text wherever it stands
     */
    public record Filling(Node node, String text) {}

    Holes() {}

    Holes(Holes other) {
        fillings.putAll(other.fillings);
    }

    public Optional<Node> get(String name) {
        return Optional.ofNullable(fillings.get(name)).map(Filling::node);
    }

    @Nullable
    Filling filling(String name) {
        return fillings.get(name);
    }

    void put(String name, Filling filling) {
        fillings.put(name, filling);
    }

    void remove(String name) {
        fillings.remove(name);
    }
}
