package dev.stepzero.server.hooks;

import dev.stepzero.core.UserError;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.Query;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.endpoint.ForgeTokens;
import dev.stepzero.ship.forge.endpoint.WebhookSecretBook;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.Refusals;
import dev.stepzero.ship.git.GitCredentials.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How a project and its forge know each other, and what the forge delivered. */
@Controller
class ForgePage {
    private static final int ROWS = 50;
    private static final int SECRET_BYTES = 32;

    /** Long enough for somebody to change the secret at the forge after lunch. */
    private static final Duration OLD_COUNTS_FOR = Duration.ofDays(1);

    private final Access access;
    private final Endpoints endpoints;
    private final WebhookSecretBook secrets;
    private final ForgeTokens tokens;
    private final Deliveries deliveries;
    private final Refusals refusals;
    private final EndpointBook book;
    private final ChangedHooks changes;
    private final DeliveryWorker worker;
    private final ServerSettings settings;
    private final SecureRandom random;
    private final Clock clock;

    ForgePage(
            Access access,
            Endpoints endpoints,
            WebhookSecretBook secrets,
            ForgeTokens tokens,
            Deliveries deliveries,
            Refusals refusals,
            EndpointBook book,
            ChangedHooks changes,
            DeliveryWorker worker,
            ServerSettings settings,
            SecureRandom random,
            Clock clock) {
        this.access = access;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.tokens = tokens;
        this.deliveries = deliveries;
        this.refusals = refusals;
        this.book = book;
        this.changes = changes;
        this.worker = worker;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/forge")
    Page show(@PathVariable String project, @RequestParam Optional<Long> before, HttpServletRequest request) {
        return page(project, before, "", request);
    }

    @PostMapping("/projects/{project}/forge")
    ResponseEntity<Void> settle(
            @PathVariable String project,
            @RequestParam(defaultValue = "") String repository,
            @RequestParam(defaultValue = "false") boolean checkedBranches,
            @RequestParam(defaultValue = "") String shippedTags,
            HttpServletRequest request) {
        find(project);
        var tags = Arrays.stream(shippedTags.split("[,\\s]+"))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        var named = Optional.of(repository.strip()).filter(name -> !name.isEmpty());
        endpoints.settle(project, new Endpoints.Habits(named, checkedBranches, tags));
        book.forget();
        changes.changed(
                project,
                "settings",
                Map.of("repository", named.orElse(""), "checkedBranches", checkedBranches, "shippedTags", tags),
                access.actor(request));
        return seeOther(project);
    }

    /** The answer is the only place where the secret stands as it is. */
    @PostMapping("/projects/{project}/forge/secret")
    Page makeSecret(@PathVariable String project, HttpServletRequest request) {
        if (find(project).forge() == Forge.STEPZERO) {
            throw UserError.usage("pushes to Stepzero itself need no webhook").fix("give people tokens instead");
        }
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = HexFormat.of().formatHex(bytes);
        secrets.add(project, secret, OLD_COUNTS_FOR);
        book.forget();
        changes.changed(project, "made a webhook secret", Map.of(), access.actor(request));
        return page(project, Optional.empty(), secret, request);
    }

    @PostMapping("/projects/{project}/forge/secret/end")
    ResponseEntity<Void> endOldSecret(@PathVariable String project, HttpServletRequest request) {
        find(project);
        if (secrets.endOld(project)) {
            book.forget();
            changes.changed(project, "ended the old webhook secret", Map.of(), access.actor(request));
        }
        return seeOther(project);
    }

    @PostMapping("/projects/{project}/forge/token")
    ResponseEntity<Void> setToken(
            @PathVariable String project,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest request) {
        find(project);
        var given =
                Optional.of(token.strip()).filter(text -> !text.isEmpty()).map(text -> new Login(login.strip(), text));
        tokens.set(project, given);
        changes.changed(
                project,
                given.isPresent() ? "set the token for the forge" : "took the token for the forge away",
                Map.of(),
                access.actor(request));
        return seeOther(project);
    }

    @PostMapping("/projects/{project}/deliveries/{delivery}/again")
    ResponseEntity<Void> again(@PathVariable String project, @PathVariable long delivery, HttpServletRequest request) {
        if (!deliveries.again(project, delivery)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        changes.redelivered(project, delivery, access.actor(request));
        worker.nudge();
        return seeOther(project);
    }

    private Page page(String project, Optional<Long> before, String made, HttpServletRequest request) {
        var found = find(project);
        var rows = deliveries.page(project, before, ROWS + 1);
        var server = settings.address(request.getLocalPort());
        return Page.of("hooks/forge", "Forge of " + project)
                .with("now", clock.instant())
                .with("project", found)
                .with("habits", endpoints.habits(project))
                .with("made", made)
                .with(
                        "hook",
                        server.resolve("/hooks/%s/%s".formatted(found.forge().label(), project))
                                .toString())
                .with("clone", server.resolve("/git/%s.git".formatted(project)).toString())
                .with("secrets", found.forge() == Forge.STEPZERO ? List.of() : secrets.of(project))
                .with("hasToken", tokens.has(project))
                .with("deliveries", rows.subList(0, Math.min(ROWS, rows.size())))
                .with("hasMore", rows.size() > ROWS)
                .with("query", Query.of("/projects/%s/forge".formatted(project)))
                .with("refusals", refusals.latest(project, ROWS))
                .with("maySettle", may("/projects/%s/forge".formatted(project)));
    }

    private ForgeProject find(String project) {
        return endpoints.find(project).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private boolean may(String path) {
        return access.principal()
                .filter(one -> access.allows(one, HttpMethod.POST, path))
                .isPresent();
    }

    private static ResponseEntity<Void> seeOther(String project) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/projects/%s/forge".formatted(project)))
                .build();
    }
}
