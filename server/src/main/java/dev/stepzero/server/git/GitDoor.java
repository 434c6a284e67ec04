package dev.stepzero.server.git;

import dev.stepzero.server.signin.Client;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.own.OwnRepositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Git's smart protocol over HTTP (gitprotocol-http); the older one, by which files are read one by one, is not spoken. */
@RestController
class GitDoor {
    private static final Logger LOG = LoggerFactory.getLogger(GitDoor.class);
    private static final String FETCH = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";
    private static final int MOST_WANTS = 8 << 20;

    private final GitCallers callers;
    private final OwnRepositories repositories;
    private final Turns turns;

    GitDoor(GitCallers callers, OwnRepositories repositories, Turns turns) {
        this.callers = callers;
        this.repositories = repositories;
        this.turns = turns;
    }

    @GetMapping("/git/{project}.git/info/refs")
    void refs(
            @PathVariable String project,
            @RequestParam(defaultValue = "") String service,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (!List.of(FETCH, PUSH).contains(service)) {
            // Who names no service speaks the older protocol.
            GitAnswer.text(response, HttpServletResponse.SC_FORBIDDEN, "Use a git that speaks the smart protocol.");
            return;
        }
        var push = service.equals(PUSH);
        var found = callers.project(project, push, response);
        if (found.isEmpty()) {
            return;
        }
        GitAnswer.begin(response, "application/x-%s-advertisement".formatted(service));
        var lines = new PacketLineOut(response.getOutputStream());
        lines.writeString("# service=" + service + "\n");
        lines.end();
        var advertiser = new PacketLineOutRefAdvertiser(lines);
        if (push) {
            repositories.advertise(found.get(), git -> git.sendAdvertisedRefs(advertiser));
        } else {
            repositories.fetch(found.get(), git -> {
                git.setExtraParameters(version(request));
                git.sendAdvertisedRefs(advertiser, service);
            });
        }
    }

    @PostMapping("/git/{project}.git/git-upload-pack")
    void fetch(@PathVariable String project, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var found = callers.project(project, false, response);
        if (found.isEmpty() || !isOf(FETCH, request, response)) {
            return;
        }
        var in = new WantStream(body(request), MOST_WANTS);
        serve(found.get(), response, () -> {
            GitAnswer.begin(response, "application/x-git-upload-pack-result");
            repositories.fetch(found.get(), git -> {
                git.setExtraParameters(version(request));
                git.upload(in, response.getOutputStream(), null);
            });
        });
    }

    @PostMapping("/git/{project}.git/git-receive-pack")
    void push(@PathVariable String project, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var found = callers.project(project, true, response);
        if (found.isEmpty() || !isOf(PUSH, request, response)) {
            return;
        }
        var pusher = callers.pusher(found.get(), Client.of(request));
        serve(found.get(), response, () -> {
            GitAnswer.begin(response, "application/x-git-receive-pack-result");
            repositories.receive(found.get(), pusher, body(request), response.getOutputStream());
        });
    }

    private interface Serving {
        void run() throws IOException;
    }

    private void serve(ForgeProject project, HttpServletResponse response, Serving serving) throws IOException {
        if (!turns.begin()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            GitAnswer.text(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many at once. Try again.");
            return;
        }
        try {
            serving.run();
        } catch (IOException e) {
            // The client was told as far as it listened.
            LOG.info("git with {} broke off: {}", project.name(), e.getMessage());
        } finally {
            turns.end();
        }
    }

    private static boolean isOf(String service, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var right = "application/x-%s-request".formatted(service).equals(request.getContentType());
        if (!right) {
            GitAnswer.text(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "This is not what git sends.");
        }
        return right;
    }

    private static InputStream body(HttpServletRequest request) throws IOException {
        var zipped = "gzip".equals(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        var in = request.getInputStream();
        return zipped ? new GZIPInputStream(in) : new BufferedInputStream(in);
    }

    private static List<String> version(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Git-Protocol"))
                .filter(asked -> asked.equals("version=2"))
                .map(List::of)
                .orElse(List.of());
    }
}
