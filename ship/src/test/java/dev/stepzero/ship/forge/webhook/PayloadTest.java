package dev.stepzero.ship.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Push;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String ZERO = "0".repeat(40);

    private static ForgeEvent read(Forge forge, String event, String json) {
        var filled = json.replace('\'', '"').replace("$A", A).replace("$B", B).replace("$0", ZERO);
        return new Payload().read(forge, event, filled.getBytes(UTF_8));
    }

    private static String push(String ref, String before, String after) {
        return "{'ref':'%s','before':'%s','after':'%s','repository':{'full_name':'o/r'},'pusher':{'name':'ann'}, 'commits':[{'author':{'email':'a@x'},'committer':{'email':'c@x'}}]}"
                .formatted(ref, before, after);
    }

    private static String request(String action, String headRepository) {
        return """
                {'action':'%s','number':7,'repository':{'id':1,'full_name':'o/r'},'pull_request':{'number':7,
                'user':{'login':'eve'},'merged':false,
                'head':{'ref':'topic','sha':'$A','repo':%s},'base':{'ref':'main','sha':'$B','repo':{'id':1,'full_name':'o/r'}}}}""".formatted(action, headRepository);
    }

    @Test
    void aPushTellsRefCommitsAndPeople() {
        var push = (Push) read(Forge.GITHUB, "push", push("refs/heads/main", "$A", "$B"));

        assertThat(push.repository()).isEqualTo("o/r");
        assertThat(push.pusher()).isEqualTo("ann");
        assertThat(push.authors()).containsExactlyInAnyOrder("a@x", "c@x");
        assertThat(push.changes()).singleElement().satisfies(change -> {
            assertThat(change.before()).isEqualTo(A);
            assertThat(change.after()).isEqualTo(B);
            assertThat(change.isBranch()).isTrue();
        });
    }

    @Test
    void zerosMeanThatARefIsNewOrGone() {
        assertThat(((Push) read(Forge.GITHUB, "push", push("refs/tags/v1", "$0", "$B")))
                        .changes()
                        .getFirst()
                        .created())
                .isTrue();
        assertThat(((Push) read(Forge.GITHUB, "push", push("refs/tags/v1", "$A", "$0")))
                        .changes()
                        .getFirst()
                        .deleted())
                .isTrue();
    }

    @Test
    void aPullRequestIsForeignUnlessTheHeadIsSurelyOfTheSameRepository() {
        assertThat(foreign("{'id':1,'full_name':'o/r'}")).isFalse();
        assertThat(foreign("{'id':2,'full_name':'e/r'}")).isTrue();
        assertThat(foreign("{'id':2,'full_name':'o/r'}")).isTrue();
        assertThat(foreign("{'full_name':'o/r'}")).isTrue();
        assertThat(foreign("null")).isTrue();
    }

    private static boolean foreign(String headRepository) {
        return ((PullRequest) read(Forge.GITHUB, "pull_request", request("opened", headRepository))).foreign();
    }

    @Test
    void gitLabsForksHaveAnotherProject() {
        var json = """
                {'user':{'username':'u'},'project':{'path_with_namespace':'g/s/r'},'object_attributes':{'iid':3,'action':'open',
                'source_branch':'t','target_branch':'main','source_project_id':%s,'target_project_id':1,'last_commit':{'id':'$A'}}}""";

        assertThat(((PullRequest) read(Forge.GITLAB, "Merge Request Hook", json.formatted("1"))).foreign())
                .isFalse();
        assertThat(((PullRequest) read(Forge.GITLAB, "Merge Request Hook", json.formatted("2"))).foreign())
                .isTrue();
        assertThat(((PullRequest) read(Forge.GITLAB, "Merge Request Hook", json.formatted("null"))).foreign())
                .isTrue();
    }

    @Test
    void whatDoesNotChangeTheCommitsIsIgnored() {
        for (var action : new String[] {"labeled", "assigned", "edited", "converted_to_draft"}) {
            assertThat(read(Forge.GITHUB, "pull_request", request(action, "null")))
                    .as(action)
                    .isInstanceOf(ForgeEvent.Ignored.class);
        }
        assertThat(read(Forge.GITHUB, "star", "{}")).isInstanceOf(ForgeEvent.Ignored.class);
        assertThat(read(Forge.GITHUB, "", "{}")).isInstanceOf(ForgeEvent.Ignored.class);
        assertThat(read(Forge.GITHUB, "ping", "{}")).isInstanceOf(ForgeEvent.Ping.class);
    }

    @Test
    void aReviewNamesItsCommit() {
        var json = """
                {'action':'submitted','repository':{'full_name':'o/r'},'pull_request':{'number':7},
                'review':{'state':'approved','user':{'login':'bob','id':42},'commit_id':'$A'}}""";

        assertThat(read(Forge.GITHUB, "pull_request_review", json))
                .isEqualTo(new Review("o/r", 7, Review.Opinion.APPROVED, "bob", Optional.of("42"), A));
        assertThat(read(Forge.GITHUB, "pull_request_review", json.replace("submitted", "dismissed")))
                .isEqualTo(new Review("o/r", 7, Review.Opinion.DISMISSED, "bob", Optional.of("42"), A));
    }

    @Test
    void dataCenterTellsOfSeveralRefsAtOnce() {
        var json = """
                {'actor':{'name':'ann'},'repository':{'slug':'r','project':{'key':'~ANN'}},'changes':[
                {'ref':{'id':'refs/heads/a'},'fromHash':'$0','toHash':'$A'},{'ref':{'id':'refs/tags/v'},'fromHash':'$A','toHash':'$0'}]}""";

        var push = (Push) read(Forge.BITBUCKET_DATA_CENTER, "repo:refs_changed", json);

        assertThat(push.repository()).isEqualTo("~ANN/r");
        assertThat(push.changes()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{}{}",
                "{'ref':1}",
                "{'ref':'main'}",
                "{'ref':'refs/heads/../../x'}",
                "{'ref':'refs/heads/a..b'}",
                "{'ref':'--upload-pack=x'}",
                "{'ref':'refs/heads/main','ref':'refs/heads/other'}",
                "{'ref':['refs/heads/main']}",
                "{'ref':null}",
                "{'ref':'refs/heads/main','before':'','after':'$B'}",
                "{'ref':'refs/heads/main','before':'$A','after':'$A;rm'}",
                "\uFEFF{}",
                "{'ref':'refs/heads/main','before':'$A','after':'$B','repository':{'full_name':'../../etc'}}",
                "{'ref':'refs/heads/main','before':'$A','after':'$B','repository':{'full_name':'o/r?x=y'}}",
                "{'ref':'refs/heads/main','before':'$A','after':'$B','repository':'o/r'}"
            })
    void whatIsBrokenIsRefusedWithAReason(String json) {
        assertThatThrownBy(() -> read(Forge.GITHUB, "push", json)).isInstanceOf(UserError.class);
    }

    @Test
    void nestingAndTokensAreBounded() {
        assertThatThrownBy(() -> read(Forge.GITHUB, "push", "[".repeat(100_000)))
                .isInstanceOf(UserError.class);
        var many = "{'a':[" + "1,".repeat(700_000) + "1]}";
        assertThatThrownBy(() -> read(Forge.GITHUB, "push", many)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> read(Forge.GITHUB, "push", "{'a':" + "9".repeat(1_000_000) + "}"))
                .isInstanceOf(UserError.class);
    }

    @Test
    void textsThatPeopleWillReadSteerNoTerminalAndAreShort() {
        var push = (Push) read(
                Forge.GITHUB,
                "push",
                push("refs/heads/main", "$A", "$B").replace("ann", "\\u001b[2J\\u202e" + "x".repeat(5000)));

        assertThat(push.pusher()).startsWith("?[2J?x").hasSize(1000);
    }

    @Property(tries = 300)
    void whereverADeliveryIsCutOrFlippedItIsReadOrRefused(@ForAll @IntRange(max = 600) int at, @ForAll byte other) {
        var bytes = request("opened", "null")
                .replace('\'', '"')
                .replace("$A", A)
                .replace("$B", B)
                .getBytes(UTF_8);
        bytes[at % bytes.length] = other;
        for (var forge : Forge.values()) {
            for (var event :
                    new String[] {"pull_request", "push", "Merge Request Hook", "pullrequest:created", "pr:opened"}) {
                try {
                    new Payload().read(forge, event, bytes);
                } catch (UserError documented) {
                    assertThat(documented.what()).isNotBlank();
                }
            }
        }
    }
}
