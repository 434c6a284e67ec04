package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call.
 *
 * @param owner the type that the instruction names, as the JVM writes it
 * @param receiver what the method is called on; empty for a static one
 * @param arguments what it is given beside that
 * @param overridable whether another than the named method may answer
 */
record Call(
        String owner,
        String name,
        MethodTypeDesc type,
        Optional<Value> receiver,
        List<Value> arguments,
        boolean overridable,
        Place place) {
    static final String CONSTRUCTOR = "<init>";

    Call {
        arguments = List.copyOf(arguments);
    }

    boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    String member() {
        return name + type.descriptorString();
    }

    /** The receiver, where there is one, and the arguments. */
    List<Value> all() {
        var all = new ArrayList<Value>();
        receiver.ifPresent(all::add);
        all.addAll(arguments);
        return all;
    }

    Value on() {
        return receiver.orElse(Value.UNKNOWN);
    }

    Value argument(int number) {
        return number < arguments.size() ? arguments.get(number) : Value.UNKNOWN;
    }

    /** How people write the method. */
    String label() {
        var simple = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
        return isConstructor() ? "new " + simple : simple + "." + name;
    }

    /** The type of the result. */
    String result() {
        return type.returnType().descriptorString();
    }
}
