package dev.stepzero.ship.catalog;

import dev.stepzero.core.UserError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A project that the server knows.
 *
 * @param name the application's name, which is what a commit's {@code stepzero.yaml} must call it
 * @param cloneUrl where its repository is, without credentials; {@code stepzero:NAME} if that is in Stepzero itself
 * @param provider the label of the forge that the repository is at, or {@code stepzero} for our own
 * @param protectedBranch the short name of the branch whose commits are shipped
 * @param environments where they are shipped to, in this order
 * @param settings what no commit can change
 * @param createdBy who registered it
 * @param archived since when nothing runs any more, or null
 */
public record RegisteredProject(
        String name,
        String cloneUrl,
        String provider,
        String protectedBranch,
        List<String> environments,
        ProjectSettings settings,
        Instant createdAt,
        String createdBy,
        @Nullable Instant archived) {
    /** The forge that Stepzero itself is. */
    public static final String OWN = "stepzero";

    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");

    /** Refuses names that cannot be those of a project with a {@link UserError}. */
    public RegisteredProject {
        require(NAME, name, "a project's name", "use small letters, digits and hyphens, at most 40");
        require(PROVIDER, provider, "a forge's name", "write one such as github, or stepzero");
        require(BRANCH, protectedBranch, "a branch", "write its short name, such as main");
        if (cloneUrl.startsWith(OWN + ":") != provider.equals(OWN)
                || (provider.equals(OWN) && !cloneUrl.equals(ownAddress(name)))) {
            throw UserError.usage("a repository in Stepzero itself is its own project's, by the forge stepzero")
                    .fix("write the address %s, or choose the forge that it is at".formatted(ownAddress(name)));
        }
        environments = List.copyOf(environments);
        environments.forEach(
                each -> require(NAME, each, "an environment", "use small letters, digits and hyphens, at most 40"));
    }

    /** A project that is about to be registered. */
    public static RegisteredProject of(
            String name,
            String cloneUrl,
            String provider,
            String protectedBranch,
            List<String> environments,
            ProjectSettings settings,
            String createdBy) {
        return new RegisteredProject(
                name, cloneUrl, provider, protectedBranch, environments, settings, Instant.EPOCH, createdBy, null);
    }

    /** The address of a project's repository that lives in Stepzero itself. */
    public static String ownAddress(String name) {
        return OWN + ":" + name;
    }

    /** The full name of the protected branch. */
    public String protectedRef() {
        return "refs/heads/" + protectedBranch;
    }

    public Optional<Instant> archivedAt() {
        return Optional.ofNullable(archived);
    }

    private static void require(Pattern shape, String text, String what, String fix) {
        if (!shape.matcher(text).matches() || text.contains("..")) {
            throw UserError.usage("'%.60s' is not %s".formatted(text.replaceAll("\\p{Cntrl}", "?"), what))
                    .fix(fix);
        }
    }
}
