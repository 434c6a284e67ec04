package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Value;
import java.util.Optional;

/** What a template's functions can ask about the resources and the nested stacks beside them. */
interface Neighbours {
    /** What {@code Ref} gives for a resource; empty if there is none of that logical id. */
    Optional<Value> reference(String logicalId);

    /** What {@code Fn::GetAtt} gives for a resource. */
    Optional<Value> attribute(String logicalId, String attribute);
}
