package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.Beginning;
import dev.stepzero.scan.code.java.knowledge.Beginning.Part;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;

/** How texts and addresses begin that calls make of others: as rule files say, or as a format does. */
final class Beginnings {
    private final Call call;
    private final State state;

    Beginnings(Call call, State state) {
        this.call = call;
        this.state = state;
    }

    /** What the call gives, with how it begins; an object that it makes is changed where it is. */
    Value of(List<Beginning> said, Value result) {
        var start = said.isEmpty() ? new Formats(call, state.heap()).start() : start(said.getFirst());
        if (start.isEmpty()) {
            return result;
        }
        if (call.isConstructor()) {
            state.refine(call.on().id(), made -> made.starting(start));
            return result;
        }
        return result.isConstant() ? result : result.starting(start);
    }

    private String start(Beginning said) {
        var start = Value.constant("");
        for (var part : said.parts()) {
            start = Texts.concatenate(start, part(part));
        }
        return start.start();
    }

    private Value part(Part part) {
        return switch (part) {
            case Part.Fixed fixed -> Value.constant(fixed.text());
            case Part.Receiver _ -> Texts.text(call.on(), "L", state.heap());
            case Part.Argument argument
            when argument.number() < call.arguments().size() ->
                Texts.text(
                        call.argument(argument.number()),
                        call.type().parameterType(argument.number()).descriptorString(),
                        state.heap());
            case Part.Argument _ -> Value.UNKNOWN;
        };
    }
}
