package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.program.Code;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.Types;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Trail;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.Optional;

/** Methods that must not be written as they are, such as a test that everything passes. */
final class Bodies {
    private final Analysis analysis;

    Bodies(Analysis analysis) {
        this.analysis = analysis;
    }

    void look() {
        for (var rule : analysis.knowledge().rules()) {
            for (var body : rule.bodies()) {
                for (var type : analysis.program().classes()) {
                    if (analysis.types().is(type.name(), body.type())) {
                        type.methods().forEach(method -> look(rule, body, method));
                    }
                }
            }
        }
    }

    private void look(CodeRule rule, CodeRule.Body body, Method method) {
        if (method.name().equals(body.method()) && !method.isAbstract() && !method.isSynthetic()) {
            judge(rule, body, method);
        }
    }

    /** A lambda is made of a type: its method stands for the one that the type asks for. */
    void lambda(String type, String calledAs, Method method) {
        for (var rule : analysis.knowledge().rules()) {
            for (var body : rule.bodies()) {
                if (Types.known(type).equals(body.type()) && calledAs.equals(body.method())) {
                    judge(rule, body, method);
                }
            }
        }
    }

    private void judge(CodeRule rule, CodeRule.Body body, Method method) {
        var code = analysis.program().code(method);
        boolean wrong = code.isPresent()
                && (body.wrong().equals("never-throws") ? neverThrows(code.get()) : alwaysTrue(method));
        if (wrong) {
            var place =
                    new Place(method.owner().name(), method.member(), code.get().line(0), 0);
            analysis.report(new Hit(
                    rule.id(), place, OwnMethods.label(method), rule.message(), false, Optional.empty(), Trail.EMPTY));
        }
    }

    /** Whether nothing in it looks at what it is given: who calls nothing that could refuse refuses nothing. */
    private static boolean neverThrows(Code code) {
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i) instanceof ThrowInstruction) {
                return false;
            }
            if (code.get(i) instanceof InvokeInstruction call
                    && !isHarmless(call.owner().asInternalName())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmless(String owner) {
        return owner.startsWith("java/lang/") || owner.startsWith("java/io/") || owner.contains("log");
    }

    private boolean alwaysTrue(Method method) {
        return analysis.entered(method)
                .filter(used -> used.summary().returns())
                .flatMap(used -> used.summary().result().only())
                .filter(result -> result.equals(1))
                .isPresent();
    }
}
