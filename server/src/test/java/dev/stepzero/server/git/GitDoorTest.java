package dev.stepzero.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.own.OwnRepositories;
import dev.stepzero.ship.forge.own.ReviewRequests;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a git client can do with a repository that lives in the server. */
@ExtendWith(RunningServer.class)
class GitDoorTest {
    @TempDir
    private Path work;

    private final Running server;
    private final String project;

    GitDoorTest(Running server) {
        this.server = server;
        this.project = "own-" + server.counter().incrementAndGet();
    }

    @BeforeEach
    void create() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                run(work, List.of("git", "--version")).code() == 0);
        var registered = server.part(Projects.class)
                .register(RegisteredProject.of(
                        project,
                        RegisteredProject.ownAddress(project),
                        RegisteredProject.OWN,
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "ada"));
        server.part(OwnRepositories.class).create(ForgeProject.of(registered, Forge.STEPZERO));
    }

    @Test
    void aRepositoryIsBegunClonedAndChangedOnBranches() throws Exception {
        begin();

        var clone = work.resolve("clone");
        assertThat(git(work, "clone", "-q", address(Role.VIEWER, false), clone.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(clone.resolve("README"))).isEqualTo("begun");
        commit(clone, "feature", "1");
        var push = git(clone, "push", address(Role.DEVELOPER, true), "HEAD:refs/heads/feature");

        assertThat(push.code()).as(push.text()).isZero();
        var fetch = git(work.resolve("first"), "fetch", "-q", address(Role.VIEWER, false), "feature");
        assertThat(fetch.code()).as(fetch.text()).isZero();
    }

    @Test
    void theProtectedBranchMovesByReviewOnly() throws Exception {
        var first = begin();
        commit(first, "direct", "1");

        var direct = git(first, "push", address(Role.ADMINISTRATOR, true), "HEAD:main");
        var forced = git(first, "push", "-f", address(Role.ADMINISTRATOR, true), "HEAD~1:main");
        var deleted = git(first, "push", address(Role.ADMINISTRATOR, true), ":main");

        assertThat(direct.code()).isNotZero();
        assertThat(direct.text()).contains("main is protected; open a review: git push origin HEAD:refs/for/main");
        assertThat(forced.text()).contains("Everything up-to-date");
        assertThat(deleted.text()).contains("main is protected");
        assertThat(ledger()).contains("denied");
    }

    @Test
    void aPushForTheProtectedBranchOpensAReviewAndANewOneMovesIt() throws Exception {
        var first = begin();
        var address = address(Role.DEVELOPER, true);
        commit(first, "proposal", "1");
        var opened = git(first, "push", address, "HEAD:refs/for/main");
        commit(first, "proposal", "2");
        var moved = git(first, "push", address, "HEAD:refs/for/main");

        assertThat(opened.code()).as(opened.text()).isZero();
        assertThat(opened.text()).contains("Review request 1 opened: refs/reviews/1/head");
        assertThat(moved.text()).contains("Review request 1 has the new commits");
        var head = git(first, "rev-parse", "HEAD").text().strip();
        assertThat(server.part(ReviewRequests.class).page(project, true, java.util.Optional.empty(), 10))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.head()).isEqualTo(head);
                    assertThat(request.title()).isEqualTo("proposal 2");
                });
        assertThat(git(first, "ls-remote", address, "refs/reviews/1/head").text())
                .contains(head);
        await("select count(*) from run_request where project = ? and pull_request = 1 and trust = 'foreign'");
    }

    @Test
    void aPushToTheProtectedBranchStartsARun() throws Exception {
        begin();

        await("select count(*) from run_request where project = ?");
        assertThat(ledger()).contains("allowed");
    }

    @Test
    void aPushThatWasWrittenDownAndNeverToldIsFoundLater() throws Exception {
        begin();
        await("select count(*) from webhook_delivery where project = ? and state = 'handled'");
        // As after kill -9 between the ref and the word that it moved: the delivery waits for its minute.
        server.part(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "update webhook_delivery set state = 'waiting', attempts = 0, request_id = null, due_at = now() where project = ?",
                        project));

        await("select count(*) from webhook_delivery where project = ? and state = 'handled'");
    }

    @Test
    void onlyTheNamesThatMeanSomethingAreTaken() throws Exception {
        var first = begin();
        var address = address(Role.DEVELOPER, true);
        git(first, "tag", "v1");
        commit(first, "later", "1");

        assertThat(git(first, "push", address, "v1").code()).isZero();
        assertThat(git(first, "push", "-f", address, "HEAD:refs/tags/v1").text())
                .contains("tags stay what they are");
        assertThat(git(first, "push", address, "HEAD:refs/reviews/7/head").text())
                .contains("push to a branch, a tag, or, for a review, to refs/for/main");
        assertThat(git(first, "push", address, "HEAD:refs/for/elsewhere").code())
                .isNotZero();
    }

    @Test
    void whoeverMayNotGetsNothing() throws Exception {
        var first = begin();
        commit(first, "other", "1");
        var reading = git(first, "push", address(Role.DEVELOPER, false), "HEAD:refs/heads/x");
        var viewing = git(first, "push", address(Role.VIEWER, true), "HEAD:refs/heads/x");
        var elsewhere = git(first, "ls-remote", address(token("another", Role.DEVELOPER, true)));
        var nobody = git(
                first,
                "ls-remote",
                server.address().resolve("/git/" + project + ".git").toString());

        assertThat(reading.text()).contains("403");
        assertThat(viewing.text()).contains("403");
        assertThat(elsewhere.text()).contains("not found");
        assertThat(nobody.code()).isNotZero();
        var cookie = server.signedIn(Grant.everywhere(Role.ADMINISTRATOR))
                .get("/git/%s.git/info/refs?service=git-upload-pack".formatted(project));
        assertThat(cookie.statusCode()).as("cookies do not count").isEqualTo(401);
    }

    @Test
    void theOlderProtocolIsNotSpoken() throws Exception {
        begin();
        var token = token(project, Role.VIEWER, false);
        var header = Map.of("Authorization", "Bearer " + token.text());

        assertThat(server.anonymous()
                        .send("GET", "/git/%s.git/info/refs".formatted(project), "", header)
                        .statusCode())
                .isEqualTo(403);
        for (var path : List.of("HEAD", "config", "objects/info/packs", "../%s.git/config".formatted(project))) {
            assertThat(server.anonymous()
                            .send("GET", "/git/%s.git/%s".formatted(project, path), "", header)
                            .statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    @Test
    void aPackThatPromisesTooMuchIsRefusedBeforeRoomIsMade() throws Exception {
        begin();
        var command = "0".repeat(40) + " " + "1".repeat(40) + " refs/heads/bomb\0 report-status";
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(
                "%04x%s0000PACK".formatted(command.length() + 4, command).getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[] {0, 0, 0, 2, 0x7f, -1, -1, -1});

        var connection = (HttpURLConnection) server.address()
                .resolve("/git/%s.git/git-receive-pack".formatted(project))
                .toURL()
                .openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-git-receive-pack-request");
        connection.setRequestProperty(
                "Authorization",
                "Bearer " + token(project, Role.DEVELOPER, true).text());
        connection.getOutputStream().write(body.toByteArray());
        var answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer).contains("unpack").contains("2,000,000 objects");
    }

    private Path begin() throws Exception {
        var first = Files.createDirectory(work.resolve("first"));
        git(first, "init", "-q", "-b", "main");
        Files.writeString(first.resolve("README"), "begun");
        git(first, "add", "README");
        git(first, "commit", "-q", "-m", "Begin");
        var early = git(first, "push", address(Role.DEVELOPER, true), "main");
        assertThat(early.text()).contains("the first push to main is an administrator's");
        var push = git(first, "push", address(Role.ADMINISTRATOR, true), "main");
        assertThat(push.code()).as(push.text()).isZero();
        return first;
    }

    private void commit(Path directory, String file, String content) throws Exception {
        Files.writeString(directory.resolve(file), content);
        git(directory, "add", file);
        git(directory, "commit", "-q", "-m", file + " " + content);
    }

    private Secret token(String where, Role role, boolean writes) {
        var person = server.person(Grant.in(where, role));
        var grant = Grant.in(where, role);
        return server.part(ApiTokens.class)
                .create(person, Roles.NONE.with(grant), "git", grant, writes, Duration.ofDays(1));
    }

    /** One person's, for each role: whoever moves a review is who opened it. */
    private String address(Role role, boolean writes) {
        return address(token(project, role, writes));
    }

    private String address(Secret token) {
        return "http://git:%s@127.0.0.1:%d/git/%s.git"
                .formatted(token.text(), server.address().getPort(), project);
    }

    private record Result(int code, String text) {}

    private Result git(Path directory, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "credential.helper="));
        command.addAll(List.of(words));
        return run(directory, command);
    }

    private Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", work.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), text);
    }

    private String ledger() {
        return server.part(Jdbi.class)
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery("select e::text from ledger.entry e where e::text like ?")
                                .bind(0, "%" + project + "%")
                                .mapTo(String.class)
                                .list()));
    }

    private void await(String count) {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (server.part(Jdbi.class)
                        .withHandle(handle -> handle.createQuery(count)
                                .bind(0, project)
                                .mapTo(Long.class)
                                .one())
                == 0) {
            assertThat(Instant.now()).as(count).isBefore(until);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
