package dev.stepzero.rules.secrets;

import java.util.random.RandomGenerator;

/** Makes credentials up: for a rule's examples, and as the control of whoever asks an issuer. None was ever issued. */
public final class Specimen {
    private static final int TRIES = 200;

    private Specimen() {}

    /** One that fits the expression and, where there is one, the checksum. */
    public static String of(SecretRule rule, RandomGenerator random) {
        var expression = Expression.parse(rule.expression());
        var pattern = expression.pattern();
        for (int tries = 0; tries < TRIES; tries++) {
            var draft = expression.specimen(random);
            var made = rule.checksum().map(checksum -> checksum.complete(draft)).orElse(draft);
            boolean sound = rule.checksum().isEmpty() || rule.checksum().get().holds(made);
            if (sound && pattern.matcher(made).matches()) {
                return made;
            }
        }
        throw new IllegalStateException("no text could be made for " + rule.id());
    }
}
