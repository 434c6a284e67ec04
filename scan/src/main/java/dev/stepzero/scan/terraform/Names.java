package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the names of a module stand for. */
interface Names {
    Value variable(String name, Position asked);

    Value local(String name, Position asked);

    /** A resource, or a data source; with count or for_each, all its instances. */
    Value resource(boolean data, String type, String name, Position asked);

    /** The one instance that stands for all, where count or for_each cannot be told. */
    Optional<Value> symbolic(boolean data, String type, String name);

    /** All outputs of a module call. */
    Value call(String name, Position asked);

    /** One output of a module call, without evaluating the others. */
    Value output(String call, @Nullable Value key, String output, Position asked);

    Value path(String name);

    /** An attribute that a whole resource does not set; empty where the object is no resource. */
    Optional<Value> computed(Value.Mapping whole, String attribute);

    /** The same value with the knowledge of which resource it was read from. */
    Value readFrom(Value.Mapping whole, String attribute, Value value);

    /** Whether it is a set, whose keys are its values. */
    boolean isSetVariable(String name);

    Value call(String function, java.util.List<Value> arguments);
}
