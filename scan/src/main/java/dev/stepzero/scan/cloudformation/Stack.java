package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One use of a template: by itself, or as a nested stack of another. */
final class Stack implements Neighbours {
    private final Template template;
    private final String prefix;
    private final List<Origin.Call> calls;
    private final Assembly assembly;
    private final Evaluation evaluation;
    private final ServerlessGlobals globals;
    private final Set<String> callers;
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, Value> references = new HashMap<>();
    private final Map<String, Optional<Stack>> nested = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /** A resource as it is written, and what the names of the loops around it stand for. */
    private record Declared(Value.Mapping definition, Located entry, Map<String, Value> loop) {
        String type() {
            return Template.typeOf(definition);
        }
    }

    private Stack(
            Template template,
            String prefix,
            Map<String, Value> arguments,
            List<Origin.Call> calls,
            Set<String> callers,
            Assembly assembly) {
        this.template = template;
        this.prefix = prefix;
        this.calls = calls;
        this.callers = callers;
        this.assembly = assembly;
        var parameters = new Parameters(template.parameters(), arguments);
        this.evaluation = new Evaluation(template, parameters, this, assembly.intake(), assembly.growth());
        this.globals = new ServerlessGlobals(template.globals());
        new ForEach(evaluation).unfold(template.resources(), Map.of(), this::declare);
        unfoldEvents();
    }

    /** Adds what SAM makes of the events of functions. */
    private void unfoldEvents() {
        var functions = new LinkedHashMap<String, Declared>();
        declared.forEach((logicalId, resource) -> {
            if (resource.type().equals("AWS::Serverless::Function")) {
                functions.put(logicalId, resource);
            }
        });
        functions.forEach((logicalId, function) -> {
            for (var api : ServerlessEvents.implicitApis(function.definition())) {
                declared.computeIfAbsent(
                        api,
                        name -> new Declared(
                                ServerlessEvents.implicitApi(name),
                                new Located(Value.ABSENT, function.entry().position()),
                                Map.of()));
            }
        });
        functions.forEach((logicalId, function) -> new ServerlessEvents(
                        logicalId,
                        function.definition(),
                        this::properties,
                        (id, made) ->
                                declared.put(id, new Declared((Value.Mapping) made.value(), made, function.loop())))
                .unfold());
    }

    /** The properties of a resource, with what all of its type have in common. */
    private Value.Mapping properties(String logicalId) {
        var resource = declared.get(logicalId);
        return resource == null
                ? Value.Mapping.EMPTY
                : globals.merged(
                        resource.type(), Assembly.mapping(resource.definition().get("Properties")));
    }

    /** A template by itself. */
    static Stack root(Template template, Assembly assembly) {
        assembly.enter(template);
        return new Stack(template, "", Map.of(), List.of(), Set.of(template.file()), assembly);
    }

    private void declare(String logicalId, Located entry, Map<String, Value> loop) {
        if (entry.value() instanceof Value.Mapping definition
                && !Template.typeOf(definition).isEmpty()) {
            declared.put(logicalId, new Declared(definition, entry, loop));
        } else {
            evaluation.problem("the resource " + logicalId + " has no Type", entry.position());
        }
    }

    /** Gives all resources, those of the nested stacks too. */
    void resources(Consumer<Resource> sink) {
        declared.forEach((logicalId, resource) -> {
            var condition = resource.definition().get("Condition");
            if (condition instanceof Value.Text(String name)
                    && evaluation.condition(name).equals(Value.FALSE)) {
                return;
            }
            AcceptedFindings.note(prefix + logicalId, resource.definition(), assembly.intake());
            var evaluated = evaluation.value(properties(logicalId), resource.loop());
            if (evaluated instanceof Value.Mapping known) {
                new Adapter(
                                prefix + logicalId,
                                resource.entry().position(),
                                new Origin(Format.CLOUDFORMATION, calls, null),
                                sink)
                        .adapt(assembly.kinds().of(resource.type()), known);
            } else {
                assembly.intake().skipped(template.file(), "the properties of " + logicalId + " come from a transform");
            }
            nested(logicalId).ifPresent(stack -> stack.resources(sink));
        });
    }

    @Override
    public Optional<Value> reference(String logicalId) {
        var known = references.get(logicalId);
        if (known != null) {
            return Optional.of(known);
        }
        var resource = declared.get(logicalId);
        if (resource == null) {
            return generated(logicalId, "id");
        }
        var computed = Unknown.computed(new Reference(prefix + logicalId, "id"));
        if (!running.add(logicalId)) {
            evaluation.problem(
                    "the name of " + logicalId + " depends on itself",
                    resource.entry().position());
            return Optional.of(computed);
        }
        var value = name(resource).<Value>map(name -> named(computed, name)).orElse(computed);
        running.remove(logicalId);
        references.put(logicalId, value);
        return Optional.of(value);
    }

    /** The name of a resource that {@code Ref} gives, where it is set. */
    private Optional<String> name(Declared resource) {
        var property = assembly.kinds().referred(resource.type());
        if (property.isEmpty()) {
            return Optional.empty();
        }
        var properties = Assembly.mapping(resource.definition().get("Properties"));
        return Texts.of(evaluation.value(properties.get(property), resource.loop()));
    }

    /** Known by name, and still a reference, so that rules see what belongs together. */
    private static Unknown named(Unknown computed, String name) {
        return new Unknown(computed.because(), true, List.of(Value.of(name)), List.of(), null, computed.references());
    }

    @Override
    public Optional<Value> attribute(String logicalId, String attribute) {
        if (!declared.containsKey(logicalId)) {
            return generated(logicalId, SnakeCase.of(attribute));
        }
        if (attribute.startsWith("Outputs.")) {
            var output = nested(logicalId).flatMap(stack -> stack.output(attribute.substring("Outputs.".length())));
            if (output.isPresent()) {
                return output;
            }
        }
        return Optional.of(Unknown.computed(new Reference(prefix + logicalId, SnakeCase.of(attribute))));
    }

    /** SAM makes a role beside each function, whose logical id ends in Role. */
    private Optional<Value> generated(String logicalId, String attribute) {
        int end = logicalId.length() - "Role".length();
        var owner = end > 0 && logicalId.endsWith("Role") ? declared.get(logicalId.substring(0, end)) : null;
        return owner != null && owner.type().startsWith("AWS::Serverless::")
                ? Optional.of(
                        Unknown.computed(new Reference(prefix + logicalId.substring(0, end) + "/Role", attribute)))
                : Optional.empty();
    }

    private Optional<Value> output(String name) {
        return running.add("output " + name)
                ? template.outputs().entry(name).map(output -> {
                    var value =
                            evaluation.value(Assembly.mapping(output.value()).get("Value"));
                    running.remove("output " + name);
                    return value;
                })
                : Optional.empty();
    }

    private Optional<Stack> nested(String logicalId) {
        var known = nested.get(logicalId);
        if (known == null) {
            // Whoever asks while it is being made, its own parameters perhaps, gets no answer.
            nested.put(logicalId, Optional.empty());
            var resource = declared.get(logicalId);
            known = resource == null ? Optional.empty() : make(logicalId, resource);
            nested.put(logicalId, known);
        }
        return known;
    }

    private Optional<Stack> make(String logicalId, Declared resource) {
        var called = assembly.templates().at(template, Templates.url(resource.definition()));
        if (called.isEmpty()) {
            return Optional.empty();
        }
        var position = resource.entry().position();
        if (callers.contains(called.get().file())) {
            evaluation.problem("the stack " + logicalId + " contains itself", position);
            return Optional.empty();
        }
        if (calls.size() >= Assembly.DEEPEST || !assembly.enter(called.get())) {
            evaluation.problem("there are too many nested stacks", position);
            return Optional.empty();
        }
        var properties = Assembly.mapping(resource.definition().get("Properties"));
        var arguments = new HashMap<String, Value>();
        Assembly.mapping(evaluation.value(properties.get("Parameters"), resource.loop()))
                .entries()
                .forEach((name, argument) -> arguments.put(name, argument.value()));
        var chain = new ArrayList<>(calls);
        chain.add(new Origin.Call(prefix + logicalId, position));
        var above = new HashSet<>(callers);
        above.add(called.get().file());
        return Optional.of(new Stack(called.get(), prefix + logicalId + ".", arguments, chain, above, assembly));
    }
}
