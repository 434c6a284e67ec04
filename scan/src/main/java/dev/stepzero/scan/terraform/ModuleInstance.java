package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A module as it is called once: the nodes of its evaluation, each computed when it is first asked for. */
final class ModuleInstance implements Names {
    private static final int DEEPEST = 64;

    private final RootEvaluation evaluation;
    private final Module module;
    private final @Nullable ModuleInstance caller;
    private final String prefix;
    private final String path;
    private final List<Origin.Call> calls;
    private final Inputs inputs;
    private final Scope scope = Scope.of(this);
    private final Map<String, RootEvaluation.Node> variables = new HashMap<>();
    private final Map<String, RootEvaluation.Node> locals = new HashMap<>();
    private final Map<String, RootEvaluation.Node> outputs = new HashMap<>();
    private final IdentityHashMap<Body.Block, ResourceNode> resources = new IdentityHashMap<>();
    private final Map<String, CallNode> called = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    /** What a module is given from outside. */
    sealed interface Inputs {
        /** From value files and the environment. */
        record FromFiles(Map<String, Value> values) implements Inputs {}

        /** From the block that calls it. */
        record FromCall(Map<String, Body.Attribute> arguments, Scope scope, String name) implements Inputs {}
    }

    private ModuleInstance(
            RootEvaluation evaluation,
            Module module,
            @Nullable ModuleInstance caller,
            String prefix,
            String path,
            List<Origin.Call> calls,
            Inputs inputs) {
        this.evaluation = evaluation;
        this.module = module;
        this.caller = caller;
        this.prefix = prefix;
        this.path = path;
        this.calls = calls;
        this.inputs = inputs;
    }

    static ModuleInstance root(RootEvaluation evaluation, Module module, Map<String, Value> values) {
        return new ModuleInstance(evaluation, module, null, "", "", List.of(), new Inputs.FromFiles(values));
    }

    /** The instance of a module that this one calls. */
    ModuleInstance child(Module target, Body.Block block, String name, Expansion.Instance instance) {
        var arguments = new LinkedHashMap<String, Body.Attribute>();
        block.body().attributes().forEach(each -> arguments.put(each.name(), each));
        var address = prefix + "module." + name + instance.key();
        var chain = new ArrayList<>(calls);
        chain.add(new Origin.Call(address, block.position()));
        return new ModuleInstance(
                evaluation,
                target,
                this,
                address + ".",
                path.isEmpty() ? name : path + "." + name,
                List.copyOf(chain),
                new Inputs.FromCall(arguments, instance.scope(), name));
    }

    RootEvaluation evaluation() {
        return evaluation;
    }

    Module module() {
        return module;
    }

    /** What stands before the addresses in it, such as {@code module.net.}; empty for the root. */
    String prefix() {
        return prefix;
    }

    /** The dotted names of the calls that lead here. */
    String path() {
        return path;
    }

    Scope scope() {
        return scope;
    }

    boolean tooDeep() {
        return calls.size() >= DEEPEST;
    }

    boolean isInside(String directory) {
        for (var at = this; at != null; at = at.caller) {
            if (at.module.directory().equals(directory)) {
                return true;
            }
        }
        return false;
    }

    Origin origin(String provider) {
        return origins.computeIfAbsent(provider, name -> evaluation.versions().origin(calls, module, name));
    }

    @Override
    public Value variable(String name, Position asked) {
        return evaluation.once(variables, name, prefix, "var.", asked, () -> Variables.value(this, name));
    }

    /** What is given for a variable from outside; empty where nothing is. */
    Optional<Value> given(String name) {
        return switch (inputs) {
            case Inputs.FromFiles(var values) -> Optional.ofNullable(values.get(name));
            case Inputs.FromCall(var arguments, var from, var call) ->
                Optional.ofNullable(arguments.get(name))
                        .map(argument -> Unknowns.through(
                                Unknowns.through(
                                        evaluation.expressions().outside(argument.value(), from), "module." + call),
                                "var." + name));
        };
    }

    @Override
    public Value local(String name, Position asked) {
        return evaluation.once(locals, name, prefix, "local.", asked, () -> {
            var attribute = module.locals().get(name);
            return attribute == null
                    ? Unknown.because("local." + name + " is not declared")
                    : Unknowns.through(evaluate(attribute), "local." + name);
        });
    }

    private Value evaluate(Body.Attribute attribute) {
        return evaluation
                .limits()
                .weighed(evaluation.expressions().outside(attribute.value(), scope), attribute.position());
    }

    ResourceNode node(boolean data, Body.Block block) {
        return resources.computeIfAbsent(block, each -> new ResourceNode(this, data, block));
    }

    @Override
    public Value resource(boolean data, String type, String name, Position asked) {
        var block = module.find(data, type, name);
        if (block.isPresent()) {
            return node(data, block.get()).value(asked);
        }
        var address = (data ? "data." : "") + type + "." + name;
        var undeclared = evaluation.expressions().fail(address + " is not declared");
        // What is missing in a part of a configuration is there in the whole: it is taken as a resource all the same.
        return undeclared instanceof Unknown unknown
                ? unknown.present().from(new Reference(prefix + address, ""))
                : undeclared;
    }

    @Override
    public Optional<Value> symbolic(boolean data, String type, String name) {
        return module.find(data, type, name).flatMap(block -> node(data, block).symbolic());
    }

    @Override
    public boolean isSetVariable(String name) {
        var block = module.variables().get(name);
        return block != null
                && Syntax.attribute(block.body(), "type")
                        .map(type -> TypeConstraint.of(type.value()) instanceof TypeConstraint.SetOf)
                        .orElse(false);
    }

    private @Nullable CallNode callNode(String name) {
        var block = module.calls().get(name);
        return block == null ? null : called.computeIfAbsent(name, each -> new CallNode(this, name, block));
    }

    @Override
    public Value call(String name, Position asked) {
        var node = callNode(name);
        return node == null ? evaluation.expressions().fail("module." + name + " is not declared") : node.whole(asked);
    }

    @Override
    public Value output(String call, @Nullable Value key, String output, Position asked) {
        var node = callNode(call);
        return node == null
                ? evaluation.expressions().fail("module." + call + " is not declared")
                : node.output(key, output, asked);
    }

    Value output(String name, Position asked) {
        return evaluation.once(outputs, name, prefix, "output.", asked, () -> {
            var block = module.outputs().get(name);
            var value = block == null ? Optional.<Body.Attribute>empty() : Syntax.attribute(block.body(), "value");
            return value.isEmpty()
                    ? Unknown.because(prefix + "output." + name + " is not declared")
                    : evaluate(value.get());
        });
    }

    /** All outputs; one that is being evaluated right now is left unknown, since nobody may have asked for it. */
    Value.Mapping allOutputs(Position asked) {
        var all = new LinkedHashMap<String, Located>();
        for (var name : module.outputs().keySet()) {
            all.put(
                    name,
                    Located.nowhere(
                            RootEvaluation.isUnderway(outputs, name)
                                    ? Unknown.because(prefix + "output." + name)
                                    : output(name, asked)));
        }
        return new Value.Mapping(all);
    }

    @Override
    public Value path(String name) {
        return switch (name) {
            case "module" -> Value.of(TreePaths.between(evaluation.directory(), module.directory()));
            case "root" -> Value.of(".");
            default -> Unknown.because("path." + name).present();
        };
    }

    @Override
    public Optional<Value> computed(Value.Mapping whole, String attribute) {
        var address = evaluation.address(whole);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var reference = new Reference(address, attribute);
        return Optional.of(
                ResourceNode.isData(address)
                        ? Unknown.because(address + "." + attribute).present().from(reference)
                        : Unknown.computed(reference));
    }

    @Override
    public Value readFrom(Value.Mapping whole, String attribute, Value value) {
        return switch (value) {
            case Unknown unknown -> {
                var address = evaluation.address(whole);
                yield address.isEmpty() ? value : unknown.from(new Reference(address, attribute));
            }
            case Value.Text text -> {
                var address = evaluation.address(whole);
                yield address.isEmpty()
                        ? value
                        : evaluation.expressions().provenance().read(whole, attribute, address, text);
            }
            default -> value;
        };
    }

    @Override
    public Value call(String function, List<Value> arguments) {
        return evaluation.workspace().call(function, arguments, this);
    }

    /** Evaluates all that is declared here and in what it calls. */
    void collect() {
        if (!module.outline()) {
            Declarations.collect(this);
        }
        for (var named : module.data().values()) {
            named.values().forEach(block -> node(true, block).collect());
        }
        for (var named : module.resources().values()) {
            named.values().forEach(block -> node(false, block).collect());
        }
        for (var name : module.calls().keySet()) {
            var node = callNode(name);
            if (node != null) {
                node.collect();
            }
        }
    }
}
