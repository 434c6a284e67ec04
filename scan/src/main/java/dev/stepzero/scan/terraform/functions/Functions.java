package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Terraform's built-in functions, as version 1.11 answers them. A call whose answer hangs on something unknown gives an
 * {@link Unknown} with all that is known of it. Stateless.
 */
public final class Functions {
    private Functions() {}

    /** Whether Terraform has a function of this name; {@code try} and {@code can} count, though only a caller can run them. */
    public static boolean known(String name) {
        return Signature.of(plain(name)).isPresent();
    }

    /**
     * Calls a function.
     *
     * @throws FunctionError if Terraform would refuse the call
     */
    public static Value call(String name, List<Value> arguments, FunctionScope scope) {
        if (name.startsWith("provider::")) {
            return Unknown.because(name + "() runs in a provider");
        }
        var function = plain(name);
        var signature = Signature.of(function)
                .orElseThrow(() -> new FunctionError("there is no function named \"" + name + "\""));
        signature.check(arguments.size());
        return call(signature, new Arguments(function, arguments, scope));
    }

    private static Value call(Signature signature, Arguments arguments) {
        try {
            return signature.subject().call(arguments);
        } catch (NotKnown e) {
            return ofAlternatives(signature, arguments);
        } catch (StackOverflowError e) {
            throw new FunctionError("the value is nested too deeply");
        }
    }

    /** An argument that is one of a few values makes the answer one of a few. */
    private static Value ofAlternatives(Signature signature, Arguments arguments) {
        var unknown = Unknowns.joined(arguments.all());
        var result = signature.nullable() ? unknown : unknown.present();
        int open = arguments.onlyUnknown();
        if (open < 0
                || !(arguments.at(open) instanceof Unknown choice)
                || choice.oneOf().isEmpty()) {
            return result;
        }
        var answers = new ArrayList<Value>();
        try {
            for (var alternative : choice.oneOf()) {
                answers.add(call(signature, arguments.with(open, alternative)));
            }
        } catch (FunctionError e) {
            return result;
        }
        var joined = answers.getFirst();
        for (var answer : answers) {
            joined = Unknown.either(choice.chain(), joined, answer);
        }
        return joined;
    }

    private static String plain(String name) {
        return name.startsWith("core::") ? name.substring("core::".length()) : name;
    }
}
