package dev.stepzero.scan.yaml;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;

/** Says what a value with a tag of its own, such as {@code !Ref bucket}, means. */
@FunctionalInterface
public interface TagReader {
    /** Tags mean nothing: the value behind the tag counts. */
    TagReader NONE = (tag, content, position) -> content;

    /**
     * Gives the meaning of a tagged value.
     *
     * @param tag with its exclamation mark, such as {@code !Ref}
     * @param content what stands behind the tag; a scalar is always a text
     */
    Value read(String tag, Value content, Position position);
}
