package dev.stepzero.scan.terraform;

import dev.stepzero.scan.terraform.hcl.Body;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a directory declare, put together; shared by all that call it.
 *
 * @param directory relative to the tree; empty for its root
 * @param resources by type, then by name
 * @param data by type, then by name
 * @param settings the {@code terraform} blocks as one
 * @param outline whether it only stands for a module that is not on disk, and has no more of it than security depends on
 */
record Module(
        String directory,
        Map<String, Body.Block> variables,
        Map<String, Body.Attribute> locals,
        Map<String, Map<String, Body.Block>> resources,
        Map<String, Map<String, Body.Block>> data,
        Map<String, Body.Block> calls,
        Map<String, Body.Block> outputs,
        List<Body.Block> providers,
        Body.@Nullable Block settings,
        boolean outline) {
    Optional<Body.Block> find(boolean fromData, String type, String name) {
        var named = (fromData ? data : resources).get(type);
        return named == null ? Optional.empty() : Optional.ofNullable(named.get(name));
    }
}
