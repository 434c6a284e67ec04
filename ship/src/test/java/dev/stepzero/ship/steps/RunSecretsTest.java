package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.guard.secrets.SecretId;
import dev.stepzero.guard.secrets.SecretIssuer;
import dev.stepzero.guard.secrets.SecretListener;
import dev.stepzero.guard.secrets.SecretScope;
import dev.stepzero.guard.secrets.SecretStore;
import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.project.Project;
import dev.stepzero.ship.project.ProjectReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which steps of a run get which secrets: real steps, as plain processes, with secrets from a real database. */
@ExtendWith(TestDatabase.class)
class RunSecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SETTINGS = """
            app: shop
            steps:
              smoke:
                run: 'wc -c <"${TOKEN_FILE:-/dev/null}"; cat "${TOKEN_FILE:-/dev/null}"; echo; echo "[${LOGIN-}]"'
                secrets: [TOKEN]
                secretVariables: [LOGIN]
              other:
                run: 'env; ls -A /run/secrets 2>/dev/null || true'
            """;

    @TempDir
    Path directory;

    private final List<SecretListener.SecretUse> uses = new ArrayList<>();
    private final Recorded context = new Recorded();
    private Home home;
    private SecretStore store;
    private SecretIssuer issuer;

    @BeforeEach
    void open(Jdbi jdbi) throws Exception {
        jdbi.useHandle(handle -> handle.execute("delete from secret"));
        home = new Home(directory.resolve("home"));
        var listener = new SecretListener() {
            @Override
            public void used(SecretUse use) {
                uses.add(use);
            }

            @Override
            public void changed(SecretChange change) {}
        };
        store = new SecretStore(jdbi, KeyEncryption.of(home, Map.of()), listener, Clock.systemUTC());
        issuer = new SecretIssuer(store, listener, Clock.systemUTC());
        Files.createDirectory(directory.resolve("sources"));
    }

    @Test
    void theStepThatNamesThemGetsThemAndItsOutputHidesThem() throws Exception {
        store("smoke", "TOKEN", "correct horse");
        store("smoke", "LOGIN", "battery staple");

        run("smoke", TrustClass.TRUSTED);

        assertThat(context.lines).containsExactly("13", "***", "[***]");
        assertThat(uses)
                .extracting(use -> use.id().name() + " " + use.run() + " " + use.given())
                .containsExactly("TOKEN run 7 true", "LOGIN run 7 true");
    }

    @Test
    void aStepThatNamesNoneGetsNoneAndAsksForNone() throws Exception {
        store("other", "TOKEN", "correct horse");

        run("other", TrustClass.TRUSTED);

        assertThat(context.lines).isNotEmpty().noneMatch(line -> line.contains("TOKEN") || line.contains("***"));
        assertThat(uses).isEmpty();
    }

    @Test
    void aRunOfAForkGoesOnWithoutSecretsAndSaysSo() throws Exception {
        store("smoke", "TOKEN", "correct horse");
        store("smoke", "LOGIN", "battery staple");

        run("smoke", TrustClass.FOREIGN);

        assertThat(context.lines).containsExactly("0", "", "[]");
        assertThat(context.warnings)
                .containsExactly("the code of this run is not trusted (foreign), so 'smoke' runs without its secrets");
        assertThat(uses).hasSize(2).noneMatch(SecretListener.SecretUse::given);
    }

    @Test
    void aSecretThatIsNotStoredStopsTheStepAndTellsHowToStoreIt() throws Exception {
        store("smoke", "TOKEN", "correct horse");

        assertThatThrownBy(() -> run("smoke", TrustClass.TRUSTED)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.what()).isEqualTo("there is no secret LOGIN of shop/production/smoke");
            assertThat(error.fix().orElse(""))
                    .contains("stepzero secrets set LOGIN --project shop --environment production --step smoke");
        });
        assertThat(context.lines).isEmpty();
    }

    @Test
    void aCanaryBlocksTheStep() throws Exception {
        store("smoke", "LOGIN", "battery staple");
        store.create(id("smoke", "TOKEN"), value("sing a song"), true, "alice");

        assertThatThrownBy(() -> run("smoke", TrustClass.TRUSTED))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("canary");
        assertThat(context.lines).noneMatch(line -> line.contains("song"));
    }

    @Test
    void nothingOfASecretIsLeftInTheWorkspace() throws Exception {
        store("smoke", "TOKEN", "correct horse");
        store("smoke", "LOGIN", "battery staple");

        run("smoke", TrustClass.TRUSTED);

        try (var files = Files.walk(home.root())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain("correct horse")
                        .doesNotContain("battery staple");
            }
        }
    }

    @Test
    void theApplicationGetsWhatIsStoredForItAndTheRestIsGenerated() throws Exception {
        store("deploy", "ADMIN_PASSWORD", "correct horse");
        var environment = environment("ADMIN_PASSWORD", "COOKIE_KEY");
        var secrets = environment.home().resolve("secrets");

        secrets(TrustClass.TRUSTED).provide(environment, context);
        var generated = Files.readString(Secrets.in(secrets).file("COOKIE_KEY"));

        assertThat(secrets.resolve("ADMIN_PASSWORD")).hasContent("correct horse");
        assertThat(generated).hasSize(43);
        store.rotate(id("deploy", "ADMIN_PASSWORD"), value("battery staple"), Duration.ZERO, "alice");
        secrets(TrustClass.TRUSTED).provide(environment, context);
        assertThat(secrets.resolve("ADMIN_PASSWORD")).hasContent("battery staple");
        assertThat(secrets.resolve("COOKIE_KEY")).hasContent(generated);
    }

    @Test
    void whatIsNotTrustedDoesNotChangeTheApplicationsSecrets() throws Exception {
        store("deploy", "ADMIN_PASSWORD", "correct horse");
        var environment = environment("ADMIN_PASSWORD");

        secrets(TrustClass.INTERNAL).provide(environment, context);

        assertThat(environment.home().resolve("secrets/ADMIN_PASSWORD")).doesNotExist();
    }

    private void run(String step, TrustClass trust) throws InterruptedException {
        var project = new ProjectReader(
                        path -> switch (path) {
                            case "stepzero.yaml" -> Optional.of(SETTINGS.getBytes(StandardCharsets.UTF_8));
                            case "go.mod" -> Optional.of("module shop\n\ngo 1.22\n".getBytes(StandardCharsets.UTF_8));
                            default -> Optional.empty();
                        },
                        "shop")
                .read();
        var commit = new Commit("0123456789ab", "ann", "change", NOW, "origin");
        var commands = new ProjectCommands(
                directory.resolve("dependencies"),
                project.plan(),
                commit,
                home,
                Optional.empty(),
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"));
        new OwnStep(own(project, step), commands, secrets(trust)).run(context);
    }

    private static Project.OwnStep own(Project project, String name) {
        return project.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RunSecrets secrets(TrustClass trust) {
        return new RunSecrets(() -> issuer, "shop", "production", trust);
    }

    private EnvironmentSpec environment(String... secrets) {
        return new EnvironmentSpec(
                "shop",
                "production",
                directory.resolve("environment"),
                new EnvironmentSpec.LoadBalancer("127.0.0.1", 8080),
                new EnvironmentSpec.Application(
                        8080, "PORT", 1, "/", "/", Map.of(), List.of(secrets), 64, Duration.ofSeconds(1)),
                Optional.empty());
    }

    private void store(String step, String name, String text) throws InterruptedException {
        store.create(id(step, name), value(text), false, "alice");
    }

    private static SecretId id(String step, String name) {
        return new SecretId(new SecretScope("shop", "production", step), name);
    }

    private static SecretValue value(String text) {
        return SecretValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a step says and gives. */
    private final class Recorded implements StepContext {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final List<String> warnings = new ArrayList<>();

        @Override
        public Run run() {
            return new Run(7, new RunKey("shop", "production", "process", "0123456789ab", "x"), NOW, false);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(Slot<T> slot) {
            return (T) new Handover.Sources(directory.resolve("sources").toString(), 0);
        }

        @Override
        public <T> void give(Slot<T> slot, T value) {}

        @Override
        public StepOutput output() {
            return lines::add;
        }

        @Override
        public void summary(String text) {}

        @Override
        public SignedEvidence attest(String subject, String name, String predicateType, Object predicate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void warn(String text) {
            warnings.add(text);
        }
    }
}
