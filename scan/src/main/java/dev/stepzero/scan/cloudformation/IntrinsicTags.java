package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.yaml.TagReader;
import java.util.Map;

/** Spells the short form of a function, {@code !Sub x}, as its long one, {@code Fn::Sub: x}. */
final class IntrinsicTags implements TagReader {
    @Override
    public Value read(String tag, Value content, Position position) {
        var name = tag.startsWith("!") ? tag.substring(1) : tag;
        var key = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        return new Value.Mapping(Map.of(key, new Located(content, position)));
    }
}
