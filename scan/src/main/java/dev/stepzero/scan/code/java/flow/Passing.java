package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Value;
import java.util.Optional;
import java.util.Set;

/** Calls that give back what they are given: boxes of numbers, views of collections, tests for null. */
final class Passing implements Model {
    private static final Set<String> BOXES =
            Set.of("Integer", "Long", "Short", "Byte", "Character", "Boolean", "Double", "Float");
    private static final Set<String> VALUES = Set.of(
            "intValue",
            "longValue",
            "shortValue",
            "byteValue",
            "charValue",
            "booleanValue",
            "doubleValue",
            "floatValue");
    private static final Set<String> ARGUMENT = Set.of(
            "java/util/Objects.requireNonNull",
            "java/util/Objects.requireNonNullElse",
            "java/util/Optional.of",
            "java/util/Optional.ofNullable",
            "java/util/Collections.unmodifiableList",
            "java/util/Collections.unmodifiableSet",
            "java/util/Collections.unmodifiableMap",
            "java/util/Collections.unmodifiableCollection",
            "java/util/Collections.synchronizedList",
            "java/util/Collections.synchronizedMap",
            "java/util/Collections.enumeration");
    private static final Set<String> RECEIVER = Set.of(
            "java/util/Optional.get",
            "java/util/Optional.orElseThrow",
            "java/util/Optional.orElse",
            "java/util/Optional.filter",
            "java/util/function/Supplier.get");

    /** What is decoded of a constant is as constant. */
    private static final Set<String> DECODERS = Set.of(
            "java/util/Base64$Decoder.decode",
            "java/util/HexFormat.parseHex",
            "javax/xml/bind/DatatypeConverter.parseHexBinary");

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        var method = call.owner() + "." + call.name();
        if (ARGUMENT.contains(method) && !call.arguments().isEmpty()) {
            return Optional.of(call.argument(0));
        }
        if (DECODERS.contains(method) && call.argument(0).isConstant()) {
            return Optional.of(call.argument(0));
        }
        boolean lambda = state.heap()
                .of(call.on())
                .filter(each -> each.target().isPresent())
                .isPresent();
        if (RECEIVER.contains(method) && !lambda) {
            return call.name().equals("orElse") ? Optional.of(call.on().or(call.argument(0))) : Optional.of(call.on());
        }
        if (call.owner().startsWith("java/lang/") && BOXES.contains(call.owner().substring("java/lang/".length()))) {
            boolean boxes = call.name().equals("valueOf")
                    && call.arguments().size() == 1
                    && call.type().parameterType(0).isPrimitive();
            if (boxes) {
                return Optional.of(call.argument(0).notNull());
            }
            if (VALUES.contains(call.name())
                    && call.name().substring(0, 3).equalsIgnoreCase(call.owner().substring(10, 13))) {
                boolean isNumber = call.on().constants().stream().allMatch(Number.class::isInstance);
                return Optional.of(
                        isNumber ? call.on() : Value.UNKNOWN.with(call.on().taint()));
            }
        }
        return Optional.empty();
    }
}
