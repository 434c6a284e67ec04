package dev.stepzero.guard.secrets;

import dev.stepzero.core.UserError;
import java.util.regex.Pattern;

/**
 * Which secret.
 *
 * @param scope where it may be used
 * @param name capital letters, digits and underscores, as in names of variables
 */
public record SecretId(SecretScope scope, String name) {
    /** What names look like. */
    public static final String NAME = "[A-Z][A-Z0-9_]{0,63}";

    private static final Pattern PATTERN = Pattern.compile(NAME);

    public SecretId {
        if (!PATTERN.matcher(name).matches()) {
            throw UserError.usage("not a name for a secret: '%.70s'".formatted(name))
                    .fix("use capital letters, digits and underscores, such as DEPLOY_TOKEN");
        }
    }

    @Override
    public String toString() {
        return name + " of " + scope;
    }
}
