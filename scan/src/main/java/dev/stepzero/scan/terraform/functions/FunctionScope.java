package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Optional;

/** What functions may see beyond their arguments. Nothing outside the tree that is scanned can be reached through it. */
public interface FunctionScope {
    /** A file's bytes; empty where there is none, or where the path leads out of the tree. */
    Optional<byte[]> read(String path);

    /** All regular files under a directory, at any depth, relative to it; none where it is not in the tree. */
    List<String> list(String directory);

    /**
     * Fills in a template.
     *
     * @param name what to call it in messages: a path, or the function's name
     * @param variables a mapping
     */
    Value template(String name, String text, Value variables);
}
