package dev.stepzero.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.own.OwnRepositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/** A project that lives in the server, its people, and their clones of it. */
public final class OwnProject {
    private final Running server;
    private final Path work;
    private final String name;

    private OwnProject(Running server, Path work, String name) {
        this.server = server;
        this.work = work;
        this.name = name;
    }

    /** Registers it, and makes its first commit. */
    public static OwnProject begun(Running server, Path work, String file, String content) throws Exception {
        var name = "shared-" + server.counter().incrementAndGet();
        var registered = server.part(Projects.class)
                .register(RegisteredProject.of(
                        name,
                        RegisteredProject.ownAddress(name),
                        RegisteredProject.OWN,
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "root"));
        server.part(OwnRepositories.class).create(ForgeProject.of(registered, Forge.STEPZERO));
        var project = new OwnProject(server, work, name);
        var root = project.person("root", Role.ADMINISTRATOR);
        project.git(work, root, "init", "-q", "-b", "main", "first");
        project.commit(root, work.resolve("first"), file, content);
        project.push(root, work.resolve("first"), "HEAD:refs/heads/main");
        return project;
    }

    public String name() {
        return name;
    }

    /** Somebody of the project, who writes commits by the address of their name. */
    public Person person(String called, Role role) {
        var people = server.part(People.class);
        var unique = called + server.counter().incrementAndGet();
        var person = people.add(unique, "", unique + "@example.com");
        people.grant(person.id(), Grant.in(name, role));
        return person;
    }

    /** A clone of somebody's. */
    public Path clone(Person person) throws Exception {
        var directory = work.resolve("clone-" + person.name());
        git(work, person, "clone", "-q", address(person), directory.toString());
        return directory;
    }

    public String commit(Person person, Path clone, String file, String content) throws Exception {
        Files.writeString(clone.resolve(file), content);
        git(clone, person, "add", file);
        git(clone, person, "commit", "-q", "-m", "Change " + file);
        return head(clone, person);
    }

    public String head(Path clone, Person person) throws Exception {
        return git(clone, person, "rev-parse", "HEAD").strip();
    }

    public String push(Person person, Path clone, String refs) throws Exception {
        return git(clone, person, "push", address(person), refs);
    }

    /** What the protected branch has. */
    public String main(Person person) throws Exception {
        return git(work, person, "ls-remote", address(person), "refs/heads/main")
                .split("\\s")[0];
    }

    private String address(Person person) {
        var grant = server.part(People.class).grants(person.id()).getFirst();
        var token = server.part(ApiTokens.class)
                .create(person, Roles.NONE.with(grant), "git", grant, true, Duration.ofDays(1));
        return "http://git:%s@127.0.0.1:%d/git/%s.git"
                .formatted(token.text(), server.address().getPort(), name);
    }

    /** Waits until what was asked of a commit is over, and says that its verification passed. */
    public void verified(long number, String commit) {
        await(
                "select count(*) from run_request where project = :project and commit_id = :commit"
                        + " and status not in ('queued', 'running')",
                commit);
        server.part(Jdbi.class)
                .useHandle(handle -> handle.createUpdate("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, ref, requested_by, purpose, trust, pull_request)
                        values (:project, '', 'process', :commit, 'p', 'succeeded', now(), now(), 'review ' || :number,
                                'refs/reviews', 'somebody', 'verify', 'foreign', :number)""")
                        .bind("project", name)
                        .bind("commit", commit)
                        .bind("number", number)
                        .execute());
    }

    /** Waits until a query of the project and a commit counts something. */
    public void await(String count, String commit) {
        for (var until = Instant.now().plus(Duration.ofSeconds(90)); count(count, commit) == 0; ) {
            assertThat(Instant.now()).as(count).isBefore(until);
            LockSupport.parkNanos(20_000_000);
        }
    }

    public long count(String query, String commit) {
        return server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery(query)
                        .bind("project", name)
                        .bind("commit", commit)
                        .mapTo(Long.class)
                        .one());
    }

    private String git(Path directory, Person person, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=" + person.name(),
                "-c",
                "user.email=" + person.email(),
                "-c",
                "credential.helper="));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", work.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
