package dev.stepzero.guard.machines;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The CI services whose tokens are understood, and what their claims mean. GitHub:
 * https://docs.github.com/actions/reference/security/oidc, GitLab: https://docs.gitlab.com/ci/secrets/id_token_authentication/.
 */
// Its sets are made by Set.of.
@SuppressWarnings("ImmutableEnumChecker")
public enum MachineKind {
    GITHUB_ACTIONS(
            "https://token.actions.githubusercontent.com",
            Set.of("repository", "repository_id"),
            Set.of("ref", "environment", "job_workflow_ref"),
            Set.of(
                    "repository_owner",
                    "repository_owner_id",
                    "repository_visibility",
                    "ref_type",
                    "ref_protected",
                    "workflow",
                    "workflow_ref",
                    "job_workflow_sha",
                    "event_name",
                    "actor",
                    "actor_id",
                    "base_ref",
                    "runner_environment",
                    "enterprise",
                    "sub"),
            "event_name",
            Set.of("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment")),
    GITLAB_CI(
            "https://gitlab.com",
            Set.of("project_path", "project_id"),
            Set.of("ref", "ref_path", "environment", "ci_config_ref_uri"),
            Set.of(
                    "namespace_path",
                    "namespace_id",
                    "ref_type",
                    "ref_protected",
                    "environment_protected",
                    "deployment_tier",
                    "pipeline_source",
                    "project_visibility",
                    "runner_environment",
                    "user_login",
                    "user_id",
                    "sub"),
            "pipeline_source",
            Set.of("merge_request_event", "external_pull_request_event"));

    private final String publicIssuer;
    private final Set<String> repositories;
    private final Set<String> places;
    private final Set<String> others;
    private final String event;
    private final Set<String> proposals;

    MachineKind(
            String publicIssuer,
            Set<String> repositories,
            Set<String> places,
            Set<String> others,
            String event,
            Set<String> proposals) {
        this.publicIssuer = publicIssuer;
        this.repositories = repositories;
        this.places = places;
        this.others = others;
        this.event = event;
        this.proposals = proposals;
    }

    /** As it is written in files and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<MachineKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** Who signs for the service that everybody can use. */
    public String publicIssuer() {
        return publicIssuer;
    }

    /** The claims by which a rule says whose jobs it means; one of them must be given letter by letter. */
    Set<String> repositories() {
        return repositories;
    }

    /** The claims by which a rule says which of those jobs; one of them must be given. */
    Set<String> places() {
        return places;
    }

    boolean knows(String claim) {
        return repositories.contains(claim) || places.contains(claim) || others.contains(claim);
    }

    /** The claim that says why a job runs. */
    String event() {
        return event;
    }

    /**
     * Whether a job was started for a change that somebody proposes. GitHub gives such a job the ref of the branch that
     * is to be changed ({@code pull_request_target}), so that a rule on refs alone would let every stranger in.
     */
    boolean isProposal(Map<String, String> claims) {
        return proposals.contains(claims.getOrDefault(event, ""))
                || !claims.getOrDefault("head_ref", "").isEmpty();
    }
}
