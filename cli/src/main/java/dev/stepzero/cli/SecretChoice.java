package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.secrets.SecretOptions;
import dev.stepzero.scan.secrets.SecretOptions.Extent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a scan looks for secrets, and what it asks about them. */
final class SecretChoice {
    @Option(
            names = "--staged",
            description = "Look for secrets in what the next commit would bring, and at nothing else.")
    private boolean staged;

    @Option(
            names = "--history",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "RANGE",
            description = "Look for secrets in all that was ever committed, or in a range such as main..topic.")
    private @Nullable String history;

    @Option(
            names = "--verify",
            description = "Ask the issuers of secrets which are live. Each is sent to its issuer, and to nobody else.")
    private boolean verify;

    /** Whether they are sought in what the next commit would bring. */
    boolean isOfChange() {
        return staged;
    }

    /** Whether they are sought in the files that are there, as everything else is. */
    boolean isOfTree() {
        return !staged && history == null;
    }

    /**
     * What the scanner of secrets is to do.
     *
     * @param only the scanners that were asked for
     * @throws UserError if the options exclude each other
     */
    SecretOptions options(List<String> only, Map<String, String> environment) {
        if (staged && history != null) {
            throw UserError.usage("--staged and --history exclude each other").fix("leave one of them out");
        }
        if (!isOfTree() && !only.isEmpty() && !only.equals(List.of("secrets"))) {
            throw UserError.usage("only secrets are sought in a change or a history")
                    .fix("leave --only out");
        }
        if (history != null) {
            return new SecretOptions(Extent.HISTORY, history, "", verify);
        }
        return staged
                ? new SecretOptions(Extent.STAGED, "", environment.getOrDefault("GIT_INDEX_FILE", ""), verify)
                : new SecretOptions(Extent.TREE, "", "", verify);
    }
}
