package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where nothing can be referred to, as in value files. */
enum NoNames implements Names {
    HERE;

    private static Value none() {
        return Unknown.because("a reference where none is allowed");
    }

    @Override
    public Value variable(String name, Position asked) {
        return none();
    }

    @Override
    public Value local(String name, Position asked) {
        return none();
    }

    @Override
    public Value resource(boolean data, String type, String name, Position asked) {
        return none();
    }

    @Override
    public Optional<Value> symbolic(boolean data, String type, String name) {
        return Optional.empty();
    }

    @Override
    public Value call(String name, Position asked) {
        return none();
    }

    @Override
    public Value output(String call, @Nullable Value key, String output, Position asked) {
        return none();
    }

    @Override
    public Value path(String name) {
        return none();
    }

    @Override
    public Optional<Value> computed(Value.Mapping whole, String attribute) {
        return Optional.empty();
    }

    @Override
    public Value readFrom(Value.Mapping whole, String attribute, Value value) {
        return value;
    }

    @Override
    public boolean isSetVariable(String name) {
        return false;
    }

    @Override
    public Value call(String function, List<Value> arguments) {
        return none();
    }
}
