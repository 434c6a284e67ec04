package dev.stepzero.server.approvals;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.server.Client;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.git.OwnProject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a push to the protected branch, through people. */
@Timeout(120)
@ExtendWith(Pages.class)
class ChangesPageTest {
    @TempDir
    private Path work;

    @Test
    void aChangeIsPushedApprovedByAnotherPersonMergedAndShipped(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var bob = project.person("bob", Role.APPROVER);
        var head = propose(project, ada, "shop.txt", "opened");
        project.verified(1, head);
        var page = window.as(bob).open("/projects/%s/changes".formatted(project.name()));

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("1 Change shop.txt"))
                .click();
        assertThat(page.getByText("0 of 1 approvals")).isVisible();
        assertThat(page.getByText("+opened")).isVisible();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve this commit"))
                .click();
        assertThat(page.getByText("It can be merged.")).isVisible();
        assertThat(window.barriers()).isEmpty();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Merge")).click();

        assertThat(page.getByText("Merged by " + bob.name())).isVisible();
        assertThat(project.main(ada)).isEqualTo(head);
        project.await(
                "select count(*) from run_request where project = :project and commit_id = :commit and purpose = 'ship'"
                        + " and environment = 'production' and trust = 'trusted'",
                head);
        assertThat(window.complaints()).isEmpty();
        assertThat(actions(window, project)).contains("repository.push", "review.give", "review.merge");
    }

    @Test
    void whoWroteItCannotApproveItAndNewCommitsVoidApprovals(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var eve = project.person("eve", Role.APPROVER);
        var bob = project.person("bob", Role.APPROVER);
        var clone = project.clone(ada);
        // Eve wrote the commit that Ada pushes.
        var first = project.commit(eve, clone, "shop.txt", "1");
        project.push(ada, clone, "HEAD:refs/for/main");
        project.verified(1, first);

        assertThat(approve(window, project, eve, first).body()).contains("had a hand in the change");
        assertThat(approve(window, project, bob, first).statusCode()).isEqualTo(303);
        var second = project.commit(ada, clone, "shop.txt", "2");
        project.push(ada, clone, "HEAD:refs/for/main");
        project.verified(1, second);

        assertThat(merge(window, project, bob, first).statusCode()).isEqualTo(409);
        var refused = merge(window, project, bob, second);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("approved another commit");
        assertThat(project.main(ada)).isNotIn(first, second);
    }

    @Test
    void ownersOfWhatItTouchesMustApprove(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "CODEOWNERS", "/shop.txt carol@example.org\n");
        var ada = project.person("ada", Role.DEVELOPER);
        var bob = project.person("bob", Role.APPROVER);
        var head = propose(project, ada, "shop.txt", "opened");
        project.verified(1, head);
        approve(window, project, bob, head);

        assertThat(merge(window, project, bob, head).body()).contains("0 of 1 approvals by owners: carol@example.org");
    }

    @Test
    void aBranchThatMovedMeanwhileIsMergedOnlyWhereNobodyTouchedTheSame(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var ann = project.person("ann", Role.DEVELOPER);
        var cid = project.person("cid", Role.DEVELOPER);
        var bob = project.person("bob", Role.APPROVER);
        var heads = List.of(
                propose(project, ada, "shop.txt", "of ada"),
                propose(project, ann, "shop.txt", "of ann"),
                propose(project, cid, "till.txt", "of cid"));
        for (var number = 1; number <= 3; number++) {
            project.verified(number, heads.get(number - 1));
            approve(window, project, bob, number, heads.get(number - 1));
        }
        merge(window, project, bob, 1, heads.getFirst());

        assertThat(merge(window, project, bob, 2, heads.get(1)).body()).contains("main has changed shop.txt since");
        assertThat(merge(window, project, bob, 3, heads.get(2)).statusCode()).isEqualTo(303);
        var main = project.main(ada);
        assertThat(main).isNotIn(heads);
        var clone = project.clone(bob);
        assertThat(clone.resolve("shop.txt")).hasContent("of ada");
        assertThat(clone.resolve("till.txt")).hasContent("of cid");
        project.await(
                "select count(*) from run_request where project = :project and commit_id = :commit and purpose = 'ship'",
                main);
    }

    @Test
    void whatNobodyVerifiedIsNotMerged(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var bob = project.person("bob", Role.APPROVER);
        var head = propose(project, ada, "shop.txt", "opened");
        approve(window, project, bob, head);

        assertThat(merge(window, project, bob, head).statusCode()).isEqualTo(409);
        assertThat(project.main(ada)).isNotEqualTo(head);
    }

    @Test
    void anEmergencyIsSeenByEverybodyUntilAnotherPersonLooked(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var olga = project.person("olga", Role.OPERATOR);
        var head = propose(project, ada, "shop.txt", "mended");
        project.verified(1, head);
        var page = window.as(olga).open("/projects/%s/changes/1".formatted(project.name()));
        page.getByText("Emergency").click();
        page.getByLabel("What happens if it waits").fill("The shop is down and this mends it");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Let it through"))
                .click();

        assertThat(merge(window, project, olga, head).statusCode()).isEqualTo(303);
        assertThat(project.main(ada)).isEqualTo(head);
        var everybody = client(window, project.person("vic", Role.VIEWER));
        assertThat(everybody.get("/").body()).contains("Without a review", "The shop is down and this mends it");
        var bypass = project.count("select id from bypass where project = :project and commit_id = :commit", head);
        var path = "/projects/%s/bypasses/%d/review".formatted(project.name(), bypass);
        assertThat(client(window, olga).post(path, Map.of("note", "fine")).statusCode())
                .isEqualTo(403);
        assertThat(client(window, project.person("bob", Role.APPROVER))
                        .post(path, Map.of("note", "It was right"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(everybody.get("/").body()).doesNotContain("Without a review");
        assertThat(actions(window, project)).contains("bypass.give", "review.merge", "bypass.review");
    }

    @Test
    void whoMayNotBypassesNothing(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var olga = project.person("olga", Role.OPERATOR);
        var path = "/projects/%s/bypasses".formatted(project.name());
        var fields = Map.of("commit", "a".repeat(40), "reason", "The shop is down and this mends it");

        assertThat(client(window, ada).post(path, fields).statusCode()).isEqualTo(403);
        assertThat(client(window, olga)
                        .post(path, Map.of("commit", "a".repeat(40), "reason", "short"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client(window, olga)
                        .post(path, Map.of("commit", "main", "reason", "The shop is down and this mends it"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aClosedChangeIsOver(Window window) throws Exception {
        var project = OwnProject.begun(window.server(), work, "README", "begun");
        var ada = project.person("ada", Role.DEVELOPER);
        var head = propose(project, ada, "shop.txt", "opened");
        var path = "/projects/%s/changes/1/close".formatted(project.name());

        assertThat(client(window, ada).post(path, Map.of("commit", head)).statusCode())
                .isEqualTo(303);
        assertThat(client(window, ada).post(path, Map.of("commit", head)).statusCode())
                .isEqualTo(409);
        assertThat(client(window, ada)
                        .get("/projects/%s/changes".formatted(project.name()))
                        .body())
                .contains("Nothing is proposed");
    }

    private static String propose(OwnProject project, Person person, String file, String content) throws Exception {
        var clone = project.clone(person);
        var head = project.commit(person, clone, file, content);
        project.push(person, clone, "HEAD:refs/for/main");
        return head;
    }

    private static HttpResponse<String> approve(Window window, OwnProject project, Person who, String commit) {
        return approve(window, project, who, 1, commit);
    }

    private static HttpResponse<String> approve(
            Window window, OwnProject project, Person who, long number, String commit) {
        return client(window, who)
                .post(
                        "/projects/%s/changes/%d/opinion".formatted(project.name(), number),
                        Map.of("commit", commit, "opinion", "approve"));
    }

    private static HttpResponse<String> merge(Window window, OwnProject project, Person who, String commit) {
        return merge(window, project, who, 1, commit);
    }

    private static HttpResponse<String> merge(
            Window window, OwnProject project, Person who, long number, String commit) {
        return client(window, who)
                .post("/projects/%s/changes/%d/merge".formatted(project.name(), number), Map.of("commit", commit));
    }

    private static Client client(Window window, Person person) {
        return window.server().signedIn(person, Set.of(Factor.PASSWORD, Factor.TOTP));
    }

    private static List<String> actions(Window window, OwnProject project) {
        return window.server().part(InstalledLedger.class).ledger().reader().search(LedgerQuery.newest(500)).stream()
                .filter(leaf -> leaf.entry().what().project().equals(project.name()))
                .map(leaf -> leaf.entry().action())
                .toList();
    }
}
