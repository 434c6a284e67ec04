package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a template can name beside its variables: functions, and the attributes of resources among its variables. */
record TemplateNames(Names module) implements Names {
    private static Value none(String name) {
        return Unknown.because("a template without a variable " + name);
    }

    @Override
    public Value variable(String name, Position asked) {
        return none("var");
    }

    @Override
    public Value local(String name, Position asked) {
        return none("local");
    }

    @Override
    public Value resource(boolean data, String type, String name, Position asked) {
        return none(type);
    }

    @Override
    public Optional<Value> symbolic(boolean data, String type, String name) {
        return Optional.empty();
    }

    @Override
    public Value call(String name, Position asked) {
        return none("module");
    }

    @Override
    public Value output(String call, @Nullable Value key, String output, Position asked) {
        return none("module");
    }

    @Override
    public Value path(String name) {
        return none("path");
    }

    @Override
    public Optional<Value> computed(Value.Mapping whole, String attribute) {
        return module.computed(whole, attribute);
    }

    @Override
    public Value readFrom(Value.Mapping whole, String attribute, Value value) {
        return module.readFrom(whole, attribute, value);
    }

    @Override
    public boolean isSetVariable(String name) {
        return false;
    }

    @Override
    public Value call(String function, List<Value> arguments) {
        return module.call(function, arguments);
    }
}
