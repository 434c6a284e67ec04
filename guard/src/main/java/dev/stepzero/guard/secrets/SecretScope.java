package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.util.regex.Pattern;

/**
 * Where a secret may be used.
 *
 * @param project the application's name
 * @param environment where the run ships to
 * @param step the step that may have it; {@value #DEPLOY} is the application itself where it runs
 */
public record SecretScope(String project, String environment, String step) {
    /** The step that starts the application. */
    public static final String DEPLOY = "deploy";

    private static final Pattern WORD = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

    public SecretScope {
        require("project", project);
        require("environment", environment);
        require("step", step);
    }

    private static void require(String what, String word) {
        if (!WORD.matcher(word).matches()) {
            throw UserError.usage("not a name for the %s: '%.60s'".formatted(what, word))
                    .fix("use lower-case letters, digits and hyphens, at most 40 of them");
        }
    }

    @Override
    public String toString() {
        return project + "/" + environment + "/" + step;
    }
}
