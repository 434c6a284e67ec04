package dev.stepzero.server;

import dev.stepzero.core.Digest;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jdbi.v3.core.Jdbi;

/** A project with what a page shows of one, written into the tables as runs write them. */
public final class Sample {
    private static final String FILE = "deploy/main.tf";

    private final Jdbi jdbi;
    private final String project;
    private final String commit;

    private Sample(Jdbi jdbi, String project, String commit) {
        this.jdbi = jdbi;
        this.project = project;
        this.commit = commit;
    }

    /** Registers a project whose mirror has one commit with a file of Terraform. */
    public static Sample project(Running server, String name) {
        server.part(Projects.class)
                .register(RegisteredProject.of(
                        name,
                        "https://forge.example.org/team/" + name + ".git",
                        "github",
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "ada"));
        return new Sample(server.part(Jdbi.class), name, mirrored(server, name));
    }

    private static String mirrored(Running server, String name) {
        try (var git = Git.init()
                .setDirectory(Files.createTempDirectory("sample").toFile())
                .call()) {
            var file = git.getRepository().getWorkTree().toPath().resolve(FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    resource "aws_security_group" "web" {
                      name = "web"
                      ingress {
                        from_port   = 22
                        to_port     = 22
                        protocol    = "tcp"
                        cidr_blocks = ["0.0.0.0/0"]
                      }
                    }
                    """);
            git.add().addFilepattern(".").call();
            var commit = git.commit()
                    .setMessage("Open a port")
                    .setAuthor("Ada", "ada@example.org")
                    .setCommitter("Ada", "ada@example.org")
                    .setSign(false)
                    .call();
            Git.cloneRepository()
                    .setURI(git.getRepository().getWorkTree().toURI().toString())
                    .setBare(true)
                    .setDirectory(server.home()
                            .root()
                            .resolve("mirrors/" + name + ".git")
                            .toFile())
                    .call()
                    .close();
            return commit.name();
        } catch (IOException | GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return project;
    }

    public String commit() {
        return commit;
    }

    /** A run with a status; one that is {@code running} has not ended. */
    public long run(String status) {
        var ended = status.equals("running") ? "null" : "now() - interval '5 minutes'";
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, ref, requested_by, committed_at)
                        values (:project, 'production', 'process', :commit, 'p', :status, now() - interval '11 minutes',
                                %s, 'production', 'refs/heads/main', 'ada', now() - interval '20 minutes')
                        returning id""".formatted(ended))
                .bind("project", project)
                .bind("commit", commit)
                .bind("status", status)
                .mapTo(Long.class)
                .one());
    }

    /** A verification of a pull request. */
    public long verification(long pullRequest, String status) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, ref, requested_by, purpose, trust, pull_request)
                        values (:project, '', 'process', :commit, 'p', :status, now(), now(), 'pull', 'refs/heads/topic',
                                'ben', 'verify', 'internal', :pull)
                        returning id""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("status", status)
                .bind("pull", pullRequest)
                .mapTo(Long.class)
                .one());
    }

    /** A step that began some minutes after its run and took a minute; one that is {@code running} has not ended. */
    public void step(long run, String name, String stage, String status, int after) {
        var ended = status.equals("running") ? "null" : "started_at + interval '%d minutes'".formatted(after + 1);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into step (run_id, name, stage, attempt, status, started_at, ended_at, summary)
                        select id, :name, :stage, 1, :status, started_at + make_interval(mins => :after), %s, case when :name = 'test' then '212 tests, 3 skipped' end
                        from run where id = :run""".formatted(ended))
                .bind("name", name)
                .bind("stage", stage)
                .bind("status", status)
                .bind("after", after)
                .bind("run", run)
                .execute());
    }

    public void line(long run, String step, int number, String text) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into step_output (run_id, step, attempt, number, line) values (?, ?, 1, ?, ?)",
                run,
                step,
                number,
                text));
    }

    public void end(long run, String status) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update step set status = ?, ended_at = now() where run_id = ? and ended_at is null", status, run);
            handle.execute("update run set status = ?, ended_at = now() where id = ?", status, run);
        });
    }

    /** A finding that a run saw first and last. */
    public long finding(long run, String rule, int severity, String title) {
        return jdbi.inTransaction(handle -> {
            var id = handle.createQuery("""
                            insert into finding (project, environment, scanner, fingerprint, rule, severity, title, message,
                                fix, resource, path, line, end_line, state, first_run, first_seen, last_run, last_seen)
                            values (:project, 'production', 'scan-source', gen_random_uuid()::text, :rule, :severity, :title,
                                'Anybody on the internet reaches the port: <script>alert(1)</script>',
                                'Name the networks that need it.', 'aws_security_group.web', :file, 7, 7, 'open',
                                :run, now() - interval '3 days', :run, now())
                            returning id""")
                    .bind("project", project)
                    .bind("rule", rule)
                    .bind("severity", severity)
                    .bind("title", title)
                    .bind("file", FILE)
                    .bind("run", run)
                    .mapTo(Long.class)
                    .one();
            handle.execute("insert into run_finding (run_id, finding_id, state) values (?, ?, 'open')", run, id);
            return id;
        });
    }

    /** The commit of a release, by the sign that its image is made of. */
    public static String commitOf(char image) {
        return imageOf(image).substring(0, 40);
    }

    /** The digest of an image, by its sign and without its algorithm. */
    public static String imageOf(char image) {
        return Digest.of(new byte[] {(byte) image}).hex();
    }

    /** A release that serves, or served before, some days ago. */
    public void deployment(long run, String status, char image, int daysAgo) {
        deployment(run, status, image, daysAgo, "ship");
    }

    /** The same of a kind. */
    public void deployment(long run, String status, char image, int daysAgo, String kind) {
        jdbi.useTransaction(handle -> {
            var release = handle.createQuery("""
                            insert into release (project, commit_id, image, run_id, created_at)
                            values (:project, :commit, 'sha256:' || :image, :run, now()) returning id""")
                    .bind("project", project)
                    .bind("commit", commitOf(image))
                    .bind("image", imageOf(image))
                    .bind("run", run)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("""
                            insert into deployment (release_id, environment, target, run_id, kind, status, colour, address,
                                                    declared, started_at, served_at, ended_at)
                            values (:release, 'production', 'process', :run, :kind, :status, 'blue',
                                    'http://127.0.0.1:8080', '{}', now() - make_interval(days => :days),
                                    now() - make_interval(days => :days),
                                    case when :status = 'serving' then null else now() end)""")
                    .bind("release", release)
                    .bind("run", run)
                    .bind("status", status)
                    .bind("days", daysAgo)
                    .bind("kind", kind)
                    .execute();
            handle.execute(
                    "update run set committed_at = now() - make_interval(days => ?, mins => ?) where id = ?",
                    daysAgo,
                    8 + image * 5 % 7,
                    run);
        });
    }
}
