package dev.stepzero.server.machines;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.machines.ClaimPattern;
import dev.stepzero.guard.machines.MachineTrust;
import dev.stepzero.guard.machines.MachineTrusts;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import dev.stepzero.ship.catalog.Projects;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Which jobs of which CI service may act in a project. */
@Controller
class MachinesPage {
    private static final int MOST_CLAIMS = 20;

    private final Projects projects;
    private final Services services;
    private final MachineTrusts trusts;
    private final Access access;
    private final Audit audit;
    private final ServerSettings settings;

    MachinesPage(
            Projects projects,
            Services services,
            MachineTrusts trusts,
            Access access,
            Audit audit,
            ServerSettings settings) {
        this.projects = projects;
        this.services = services;
        this.trusts = trusts;
        this.access = access;
        this.audit = audit;
        this.settings = settings;
    }

    @GetMapping("/projects/{project}/machines")
    Page show(@PathVariable String project, HttpServletRequest request) {
        requireProject(project);
        var path = "/projects/%s/machines".formatted(project);
        return Page.of("machines/machines", "Machines of " + project)
                .with("project", project)
                .with("trusts", trusts.of(project))
                .with("services", services.machines())
                .with("audience", settings.address(request.getLocalPort()).toString())
                .with("changes", access.allows(access.principal().orElseThrow(), HttpMethod.POST, path));
    }

    @PostMapping("/projects/{project}/machines")
    Object add(
            @PathVariable String project,
            @RequestParam String issuer,
            @RequestParam String role,
            @RequestParam String claims,
            @RequestParam(defaultValue = "15") int minutes,
            HttpServletRequest request) {
        requireProject(project);
        var service = services.machines(issuer)
                .orElseThrow(() -> UserError.usage("no CI service is known as '%.60s'".formatted(issuer))
                        .fix("choose one of the list"));
        var trust = MachineTrust.of(
                project,
                service.kind(),
                issuer,
                Role.of(role).orElseThrow(() -> UserError.usage("there is no role '%.20s'".formatted(role))),
                claims(claims),
                Duration.ofMinutes(minutes),
                access.principal().orElseThrow().name());
        var id = trusts.add(trust);
        record("machine-trust.add", "%s: rule %d, %s by %s".formatted(project, id, trust.grant(), issuer), request);
        return Entrance.redirect("/projects/%s/machines".formatted(project));
    }

    @PostMapping("/projects/{project}/machines/{rule}/remove")
    Object remove(@PathVariable String project, @PathVariable long rule, HttpServletRequest request) {
        var trust = trusts.remove(project, rule).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        record("machine-trust.remove", "%s: rule %d, %s".formatted(project, rule, trust.grant()), request);
        return Entrance.redirect("/projects/%s/machines".formatted(project));
    }

    /** Reads a line {@code claim = value} each. */
    private static Map<String, ClaimPattern> claims(String text) {
        var claims = new LinkedHashMap<String, ClaimPattern>();
        for (var line : text.lines().filter(one -> !one.isBlank()).toList()) {
            var pair = line.split("=", 2);
            if (pair.length != 2 || claims.size() == MOST_CLAIMS) {
                throw UserError.usage("'%.60s' is no claim".formatted(line.strip()))
                        .fix("write up to %d lines such as: ref = refs/heads/main".formatted(MOST_CLAIMS));
            }
            if (claims.put(pair[0].strip(), new ClaimPattern(pair[1].strip())) != null) {
                throw UserError.usage("the claim '%.40s' is there twice".formatted(pair[0].strip()))
                        .fix("make two rules if either is enough");
            }
        }
        return claims;
    }

    private void requireProject(String project) {
        if (projects.find(project).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private void record(String action, String on, HttpServletRequest request) {
        audit.record(Audit.Entry.done(action, access.principal().orElseThrow().name(), on, Client.of(request)));
    }
}
