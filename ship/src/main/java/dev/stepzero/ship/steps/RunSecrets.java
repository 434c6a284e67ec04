package dev.stepzero.ship.steps;

import dev.stepzero.guard.secrets.IssuedSecret;
import dev.stepzero.guard.secrets.SecretIssuer;
import dev.stepzero.guard.secrets.SecretIssuer.Asker;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.sandbox.SandboxCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The secrets of one run. Only two kinds of step get any: a step of the project's own that names them, and the deployment
 * for the application. The tests, the build and what fetches for them get none, for what they leave goes on into the
 * image and into caches.
 */
public final class RunSecrets {
    private final Supplier<SecretIssuer> issuer;
    private final String project;
    private final String environment;
    private final TrustClass trust;

    /**
     * The secrets of a run.
     *
     * @param issuer opened for the first step that asks, so that a run without secrets needs no key
     * @param environment where the run ships to
     * @param trust how far its code is trusted
     */
    public RunSecrets(Supplier<SecretIssuer> issuer, String project, String environment, TrustClass trust) {
        this.issuer = issuer;
        this.project = project;
        this.environment = environment;
        this.trust = trust;
    }

    /** What a step holds while its command runs. */
    record Held(List<SandboxCommand.Secret> secrets) implements AutoCloseable {
        @Override
        public void close() {
            secrets.forEach(secret -> secret.issued().close());
        }
    }

    /**
     * Issues what a step of the project's own names; nothing, and a warning, where the run may have no secrets.
     *
     * @throws dev.stepzero.core.UserError if one is not stored or was altered
     */
    Held issue(Project.OwnStep step, StepContext context) throws InterruptedException {
        var names = new LinkedHashSet<>(step.secrets());
        names.addAll(step.secretVariables());
        if (names.isEmpty()) {
            return new Held(List.of());
        }
        var issued = issuer.get().issue(asker(step.name(), context), List.copyOf(names));
        if (issued.isEmpty()) {
            context.warn("the code of this run is not trusted (%s), so '%s' runs without its secrets"
                    .formatted(trust.label(), step.name()));
        }
        return new Held(issued.stream()
                .map(each ->
                        new SandboxCommand.Secret(each, step.secretVariables().contains(each.name())))
                .toList());
    }

    /** Puts what is stored for the application where its target looks for it; what is not stored is generated there. */
    void provide(EnvironmentSpec spec, StepContext context) throws InterruptedException {
        var files = Secrets.in(spec.home().resolve("secrets"));
        for (var name : spec.application().secrets()) {
            Optional<IssuedSecret> stored = issuer.get().find(asker(SecretScope.DEPLOY, context), name);
            if (stored.isPresent()) {
                try (var secret = stored.get()) {
                    files.give(name, secret.value());
                }
            }
        }
    }

    private Asker asker(String step, StepContext context) {
        return new Asker(
                new SecretScope(project, environment, step),
                trust,
                "run " + context.run().id());
    }
}
