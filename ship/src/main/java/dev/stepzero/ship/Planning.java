package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunOrigin;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.Mirror;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.project.Policy;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.project.ProjectReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks everything up that a run needs, from a work tree or from a mirror, and does nothing yet. */
final class Planning {
    private static final int NAMED_FILES = 3;

    private final Home home;
    private final Function<Optional<String>, Site> sites;

    Planning(Home home, Function<Optional<String>, Site> sites) {
        this.home = home;
        this.sites = sites;
    }

    ShipPlan plan(ShipRequest request) {
        var repository = SourceRepository.around(request.directory());
        if (request.revision().isEmpty()) {
            refuseUncommitted(repository);
        }
        var commit = repository.commit(request.revision().orElse("HEAD"));
        var project = project(repository, commit);
        var declared = Declared.environment(project, request.environment(), home);
        var site = sites.apply(request.target().or(() -> Declared.target(project, request.environment())));
        var who = repository.user().orElse(System.getProperty("user.name", "unknown"));
        var origin = new RunOrigin("", null, who, commit.time());
        return new ShipPlan(
                repository,
                commit,
                project,
                declared,
                site,
                Purpose.SHIP,
                request.trust(),
                origin,
                Optional.empty(),
                List.of());
    }

    ShipPlan plan(CommitRequest request, Mirror mirror) throws InterruptedException {
        var registered = request.project();
        var source = request.fork().map(mirror::fork).orElse(mirror);
        mirror.fetch(List.of(registered.protectedRef()));
        if (!request.place().equals(registered.protectedRef())) {
            source.fetch(List.of(request.ref()));
        }
        requireHistory(request, mirror, source);
        var repository = mirror.open(registered.settings().directory());
        try {
            return plan(request, mirror, repository);
        } catch (RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private ShipPlan plan(CommitRequest request, Mirror mirror, SourceRepository repository) {
        var commit = repository.commit(request.commit());
        var tip = mirror.tip(request.project().protectedRef()).orElseThrow();
        var policy = policy(request.project(), repository, repository.commit(tip));
        var said = project(repository, commit, request.project().name()).under(policy);
        var project = request.trust() == TrustClass.FOREIGN ? said.withoutNetwork() : said;
        var environment = environment(request, project);
        var site = sites.apply(Declared.target(project, environment));
        refuseForeignProcesses(request, site);
        var origin = new RunOrigin(
                request.place(), request.pullRequest().orElse(null), request.requestedBy(), commit.time());
        return new ShipPlan(
                repository,
                commit,
                project,
                Declared.environment(project, environment, home),
                site,
                request.purpose(),
                request.trust(),
                origin,
                Optional.empty(),
                List.of());
    }

    /** A delivery is a hint: what it says about a commit must be so in the repository itself. */
    private static void requireHistory(CommitRequest request, Mirror mirror, Mirror source) {
        if (!source.contains(request.ref(), request.commit())) {
            throw UserError.blocked(
                            "commit %.12s is not in the history of %s".formatted(request.commit(), request.ref()))
                    .fix("push it there, or ask for what the ref has now");
        }
        if (request.trust() == TrustClass.TRUSTED
                && !mirror.contains(request.project().protectedRef(), request.commit())) {
            throw UserError.blocked("commit %.12s is not on the protected branch %s"
                            .formatted(request.commit(), request.project().protectedBranch()))
                    .fix("merge the change first");
        }
    }

    private static Policy policy(RegisteredProject registered, SourceRepository repository, Commit tip) {
        var policy = new ProjectReader(path -> repository.file(tip, path), registered.name()).policy(registered.name());
        return registered.settings().failOn().map(policy::atLeast).orElse(policy);
    }

    private static Project project(SourceRepository repository, Commit commit, String name) {
        var project = new ProjectReader(path -> repository.file(commit, path), name).read();
        if (!project.app().equals(name)) {
            throw UserError.unreadable("the commit calls its application '%s', and the server knows it as '%s'"
                            .formatted(project.app(), name))
                    .at(ProjectReader.FILE)
                    .fix("write 'app: %s', or leave the line out".formatted(name));
        }
        return project;
    }

    /** A verification builds what the first environment of the project would get. */
    private static String environment(CommitRequest request, Project project) {
        if (request.purpose() == Purpose.SHIP) {
            return request.environment();
        }
        return request.project().environments().stream()
                .filter(project.environments()::containsKey)
                .findFirst()
                .orElseGet(() -> project.environments().keySet().iterator().next());
    }

    private static void refuseForeignProcesses(CommitRequest request, Site site) {
        if (request.trust() == TrustClass.FOREIGN
                && site.engine().isEmpty()
                && !request.project().settings().foreignInProcesses()) {
            throw UserError.engine("changes from forks run in containers only, and no container engine answers: "
                            + site.reason())
                    .fix("start Docker or Podman on the server");
        }
    }

    static Project project(SourceRepository repository, Commit commit) {
        var name = String.valueOf(repository.directory().getFileName());
        return new ProjectReader(path -> repository.file(commit, path), name).read();
    }

    private static void refuseUncommitted(SourceRepository repository) {
        var files = repository.uncommitted();
        if (!files.isEmpty()) {
            var named = files.stream().limit(NAMED_FILES).toList();
            throw UserError.unreadable((files.size() == 1
                                    ? named.getFirst() + " is not committed"
                                    : "%d files are not committed, among them %s"
                                            .formatted(files.size(), String.join(", ", named)))
                            + "; only commits are shipped")
                    .at(repository.directory().toString())
                    .fix("commit or stash them, or ship the last commit as it is with --commit HEAD");
        }
    }
}
