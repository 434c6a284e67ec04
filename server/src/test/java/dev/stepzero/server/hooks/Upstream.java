package dev.stepzero.server.hooks;

import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;

/** A repository that stands for one at GitHub, with a project that knows it and a secret for its deliveries. */
final class Upstream implements AutoCloseable {
    static final String REPOSITORY = "acme/shop";
    private static final String SECRET = "correct horse battery staple";

    private final Running server;
    private final Git git;
    private final String project;

    private Upstream(Running server, Git git, String project) {
        this.server = server;
        this.git = git;
        this.project = project;
    }

    static Upstream of(Running server) throws Exception {
        var project = "upstream-" + server.counter().incrementAndGet();
        var directory = server.home().root().resolve("repositories").resolve("of-" + project);
        Files.createDirectories(directory);
        var git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call();
        server.part(Projects.class)
                .register(RegisteredProject.of(
                        project,
                        directory.resolve(".git").toUri().toString(),
                        "github",
                        "main",
                        List.of("production"),
                        new ProjectSettings("", Optional.empty(), true),
                        "ada"));
        server.part(Endpoints.class).settle(project, new Endpoints.Habits(Optional.of(REPOSITORY), false, List.of()));
        server.part(WebhookSecretBook.class).add(project, SECRET, Duration.ofHours(1));
        server.part(EndpointBook.class).forget();
        return new Upstream(server, git, project);
    }

    String project() {
        return project;
    }

    String commit(Map<String, String> files) throws Exception {
        for (var file : files.entrySet()) {
            Files.writeString(directory().resolve(file.getKey()), file.getValue());
        }
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage("Change " + String.join(", ", files.keySet()))
                .setAuthor("Ann", "ann@example.org")
                .setCommitter("Ann", "ann@example.org")
                .setSign(false)
                .call()
                .name();
    }

    /** Puts what is checked out under a name, and the branch back to what it was. */
    void propose(String ref, String commit, String back) throws Exception {
        var update = git.getRepository().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit));
        update.update();
        git.reset()
                .setMode(org.eclipse.jgit.api.ResetCommand.ResetType.HARD)
                .setRef(back)
                .call();
    }

    private Path directory() {
        return git.getRepository().getWorkTree().toPath();
    }

    HttpResponse<String> deliver(String event, String id, String body) {
        return deliver(event, id, body, SECRET);
    }

    HttpResponse<String> deliver(String event, String id, String body, String secret) {
        return server.anonymous()
                .send(
                        "POST",
                        "/hooks/github/" + project,
                        body,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "X-GitHub-Event",
                                event,
                                "X-GitHub-Delivery",
                                id,
                                "X-Hub-Signature-256",
                                "sha256=" + hmac(body, secret)));
    }

    private static String hmac(String body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
