package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Target;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the instruction makes that languages use for lambdas and for putting texts together. */
final class Dynamics {
    private final MethodRun run;
    private final State state;

    Dynamics(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    Value invoke(InvokeDynamicInstruction call, int index) {
        var type = call.typeSymbol();
        var arguments = pop(type);
        var bootstrap = call.bootstrapMethod();
        var maker = bootstrap.owner().descriptorString();
        if (maker.equals("Ljava/lang/invoke/LambdaMetafactory;")) {
            return lambda(call, type, arguments, index);
        }
        if (maker.equals("Ljava/lang/invoke/StringConcatFactory;")) {
            return concatenation(call, type, arguments);
        }
        var result = Value.UNKNOWN;
        for (var argument : arguments) {
            result = result.plus(state.heap().deep(argument));
        }
        return Numbered.asDeclared(result, type.returnType().descriptorString());
    }

    private List<Value> pop(MethodTypeDesc type) {
        var arguments = new ArrayList<Value>();
        for (var each : type.parameterList().reversed()) {
            if (TypeKind.from(each).slotSize() == 2) {
                state.pop();
            }
            arguments.addFirst(state.pop());
        }
        return arguments;
    }

    private Value lambda(InvokeDynamicInstruction call, MethodTypeDesc type, List<Value> held, int index) {
        for (var each : call.bootstrapArgs()) {
            if (each instanceof DirectMethodHandleDesc handle) {
                Map<Object, Value> parts = new HashMap<>();
                for (int i = 0; i < held.size(); i++) {
                    parts.put(i, held.get(i));
                }
                var made = Instructions.internal(type.returnType());
                var target = new Target(
                        Instructions.internal(handle.owner()),
                        handle.methodName(),
                        handle.lookupDescriptor(),
                        handle.kind() == DirectMethodHandleDesc.Kind.STATIC
                                || handle.kind() == DirectMethodHandleDesc.Kind.INTERFACE_STATIC,
                        handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR,
                        call.name().stringValue());
                run.analysis()
                        .types()
                        .inherited(target.owner(), target.name() + target.descriptor())
                        .ifPresent(method -> run.analysis().bodies().lambda(made, target.calledAs(), method));
                return state.heap().make(run.number(index), Thing.lambda(made, target, parts));
            }
        }
        return Value.UNKNOWN;
    }

    private Value concatenation(InvokeDynamicInstruction call, MethodTypeDesc type, List<Value> arguments) {
        var constants = call.bootstrapArgs();
        boolean plain = constants.isEmpty() || !(constants.getFirst() instanceof String);
        var recipe = plain ? "\u0001".repeat(arguments.size()) : String.valueOf(constants.getFirst());
        var text = Value.constant("");
        int argument = 0;
        int constant = 1;
        for (int i = 0; i < recipe.length(); i++) {
            char c = recipe.charAt(i);
            if (c == '\u0001' && argument < arguments.size()) {
                ClassDesc of = type.parameterType(argument);
                text = Texts.concatenate(
                        text, Texts.text(arguments.get(argument++), of.descriptorString(), state.heap()));
            } else if (c == '\u0002' && constant < constants.size()) {
                text = Texts.concatenate(text, Value.constant(String.valueOf(constants.get(constant++))));
            } else {
                int end = i;
                while (end < recipe.length() && recipe.charAt(end) > 2) {
                    end++;
                }
                text = Texts.concatenate(text, Value.constant(recipe.substring(i, end)));
                i = Math.max(i, end - 1);
            }
        }
        return text;
    }
}
