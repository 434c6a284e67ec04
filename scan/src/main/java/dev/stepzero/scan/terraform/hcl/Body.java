package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import java.util.List;

/** What stands between the braces of a block, or in a whole file. */
public record Body(List<Attribute> attributes, List<Block> blocks, Position position) {
    public Body {
        attributes = List.copyOf(attributes);
        blocks = List.copyOf(blocks);
    }

    /** {@code name = value}; its position is that of both. */
    public record Attribute(String name, Expression value, Position position) {}

    /** {@code type "label" { … }}; its position reaches to the closing brace. */
    public record Block(String type, List<String> labels, Body body, Position position) {
        public Block {
            labels = List.copyOf(labels);
        }
    }
}
