package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.iam.Policies;
import java.util.List;

/** An IAM policy in JSON, whole and with a part that is not known. */
public final class PolicyFuzz {
    private static final Value ACTION = Value.of("iam:PassRole");

    private PolicyFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, UTF_8);
        ask(Value.of(text));
        int middle = text.length() / 2;
        ask(Unknown.text(List.of(
                Value.of(text.substring(0, middle)), Unknown.because("var.x"), Value.of(text.substring(middle)))));
    }

    private static void ask(Value policy) {
        var statements = Policies.statements(policy);
        Policies.allows(statements, ACTION);
        Policies.allowsAll(statements);
        Policies.publicPrincipal(statements);
        Policies.escalations(policy);
    }
}
