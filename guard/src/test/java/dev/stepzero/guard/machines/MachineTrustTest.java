package dev.stepzero.guard.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTrustTest {
    private static final Map<String, String> PUSH = Map.of(
            "repository", "octo/shop",
            "ref", "refs/heads/main",
            "event_name", "push",
            "head_ref", "",
            "job_workflow_ref", "octo/shop/.github/workflows/ship.yml@refs/heads/main");

    @Test
    void aJobOfTheRefIsTrustedAndOthersAreNot() {
        var trust = github("repository", "octo/shop", "ref", "refs/heads/main");

        assertThat(refusal(trust, Map.of())).isEmpty();
        assertThat(refusal(trust, Map.of("ref", "refs/heads/other"))).contains("ref is not");
        assertThat(refusal(trust, Map.of("ref", "refs/heads/main2"))).contains("ref is not");
        assertThat(refusal(trust, Map.of("repository", "OCTO/shop"))).contains("repository is not");
        assertThat(refusal(trust, Map.of("repository", "mallory/shop"))).contains("repository is not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"})
    void aForksPullRequestFitsNoRuleOnRefs(String event) {
        // GitHub gives pull_request_target the ref of the branch that would be changed.
        assertThat(refusal(github("repository", "octo/shop", "ref", "refs/heads/main"), Map.of("event_name", event)))
                .contains("somebody proposes");
        assertThat(refusal(
                        github("repository", "octo/shop", "ref", "refs/*/*"),
                        Map.of("event_name", event, "ref", "refs/pull/7/merge")))
                .contains("somebody proposes");
        assertThat(refusal(
                        github("repository", "octo/shop", "ref", "refs/heads/main", "event_name", "pull_*"),
                        Map.of("event_name", event)))
                .contains("somebody proposes");
        assertThat(refusal(github("repository", "octo/shop", "ref", "refs/heads/main"), Map.of("head_ref", "patch-1")))
                .contains("somebody proposes");
        assertThat(refusal(
                        github("repository", "octo/shop", "ref", "refs/heads/main", "event_name", event),
                        Map.of("event_name", event)))
                .isEmpty();
    }

    @Test
    void aReusableWorkflowIsNamedWithItsOwnRef() {
        var trust = github(
                "repository", "octo/shop",
                "job_workflow_ref", "octo/pipelines/.github/workflows/ship.yml@refs/tags/v*");

        assertThat(refusal(trust, Map.of())).contains("job_workflow_ref is not");
        assertThat(refusal(
                        trust, Map.of("job_workflow_ref", "octo/pipelines/.github/workflows/ship.yml@refs/tags/v12")))
                .isEmpty();
        assertThat(refusal(
                        trust, Map.of("job_workflow_ref", "octo/pipelines/.github/workflows/ship.yml@refs/tags/v12/x")))
                .contains("job_workflow_ref is not");
    }

    @Test
    void aMergeRequestOfGitLabIsAProposalToo() {
        var trust = MachineTrust.of(
                "shop",
                MachineKind.GITLAB_CI,
                "https://gitlab.com",
                Role.DEVELOPER,
                patterns("project_path", "octo/shop", "ref_path", "refs/heads/main", "ref_protected", "true"),
                Duration.ofMinutes(5),
                "jane");
        var claims = new HashMap<>(Map.of(
                "project_path", "octo/shop",
                "ref_path", "refs/heads/main",
                "ref_protected", "true",
                "pipeline_source", "push"));

        assertThat(trust.refuse(MachineKind.GITLAB_CI, claims)).isEmpty();
        claims.put("pipeline_source", "merge_request_event");
        assertThat(trust.refuse(MachineKind.GITLAB_CI, claims)).isPresent();
    }

    @Test
    void aRuleSaysWhoseJobsAndWhichOfThem() {
        for (var wrong : List.of(
                patterns("ref", "refs/heads/main"),
                patterns("repository", "octo/*", "ref", "refs/heads/main"),
                patterns("repository", "octo/shop"),
                patterns("repository", "octo/shop", "environment", "*"),
                patterns("repository", "octo/shop", "ref", "refs/heads/main", "reff", "x"))) {
            assertThatThrownBy(() -> MachineTrust.of(
                            "shop",
                            MachineKind.GITHUB_ACTIONS,
                            "https://token.actions.githubusercontent.com",
                            Role.DEVELOPER,
                            wrong,
                            Duration.ofMinutes(5),
                            "jane"))
                    .as(wrong.toString())
                    .isInstanceOf(UserError.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"APPROVER", "SECURITY", "ADMINISTRATOR"})
    void noMachineDecidesWhatPeopleDecide(Role role) {
        assertThatThrownBy(() -> MachineTrust.of(
                        "shop",
                        MachineKind.GITHUB_ACTIONS,
                        "https://token.actions.githubusercontent.com",
                        role,
                        patterns("repository", "octo/shop", "ref", "refs/heads/main"),
                        Duration.ofMinutes(5),
                        "jane"))
                .isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "x ", "**", "a**b", "*/*/*/*", "é", "a\nb"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> new ClaimPattern(text)).isInstanceOf(UserError.class);
    }

    @Property
    void aPatternMatchesWhatItsRegularExpressionDoes(
            @ForAll @Chars({'a', 'b', '*', '/'}) @StringLength(min = 1, max = 8) String pattern,
            @ForAll @Chars({'a', 'b', '/'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 10) String value) {
        if (pattern.contains("**") || pattern.chars().filter(c -> c == '*').count() > 3) {
            return;
        }
        var expression = pattern.chars()
                .mapToObj(c -> c == '*' ? "[^/]+" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());

        assertThat(new ClaimPattern(pattern).matches(value)).isEqualTo(Pattern.matches(expression, value));
    }

    private static MachineTrust github(String... claims) {
        return MachineTrust.of(
                "shop",
                MachineKind.GITHUB_ACTIONS,
                "https://token.actions.githubusercontent.com",
                Role.OPERATOR,
                patterns(claims),
                Duration.ofMinutes(15),
                "jane");
    }

    private static Map<String, ClaimPattern> patterns(String... claims) {
        var patterns = new HashMap<String, ClaimPattern>();
        for (int i = 0; i < claims.length; i += 2) {
            patterns.put(claims[i], new ClaimPattern(claims[i + 1]));
        }
        return patterns;
    }

    private static String refusal(MachineTrust trust, Map<String, String> changed) {
        var claims = new HashMap<>(PUSH);
        claims.putAll(changed);
        return trust.refuse(MachineKind.GITHUB_ACTIONS, claims).orElse("");
    }
}
