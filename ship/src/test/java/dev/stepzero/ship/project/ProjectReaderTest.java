package dev.stepzero.ship.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.ship.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ProjectReaderTest {

    @ParameterizedTest
    @CsvSource({
        "maven, pom.xml",
        "maven-wrapper, pom.xml mvnw",
        "gradle, build.gradle",
        "gradle-kotlin-wrapper, build.gradle.kts gradlew",
        "node, package.json",
        "go, go.mod",
        "python, pyproject.toml",
        "python-requirements, requirements.txt"
    })
    void aProjectWithoutAFileHasTheDefaultsOfItsBuildSystem(String kind, String files) throws IOException {
        var contents = new HashMap<String, String>();
        List.of(files.split(" ")).forEach(file -> contents.put(file, ""));

        var project = new ProjectReader(in(contents), "invoicer").read();

        Golden.file("src/test/resources/dev/stepzero/ship/project/" + kind + ".json")
                .matches(printed(project));
    }

    @Test
    void theMostTellingBuildFileDecides() {
        var files = Map.of("package.json", "", "pom.xml", "", "requirements.txt", "");

        var project = new ProjectReader(in(files), "app").read();

        assertThat(project.plan().label()).isEqualTo("Maven");
    }

    @Test
    void aProjectWithoutABuildFileIsRefused() {
        var error = catchThrowableOfType(
                UserError.class, () -> new ProjectReader(in(Map.of("README.md", "")), "app").read());

        assertThat(error.what()).startsWith("no build file was found");
        assertThat(error.where()).hasValue("app");
        assertThat(error.fix()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "invoicer, invoicer",
        "Invoicer, invoicer",
        "my app, my-app",
        "my__app..v2, my-app-v2",
        "2048-game, game",
        "-dash-, dash",
        "shop!, shop",
        "Überweisung, berweisung",
        "a123456789012345678901234567890123456789-b, a123456789012345678901234567890123456789",
        "a12345678901234567890123456789012345678-b, a12345678901234567890123456789012345678"
    })
    void theApplicationIsNamedAfterItsDirectory(String directory, String name) {
        var project = new ProjectReader(in(Map.of("pom.xml", "")), directory).read();

        assertThat(project.app()).isEqualTo(name).matches(ProjectShape.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "---", "../..", "日本"})
    void aDirectoryThatMakesNoNameAsksForOne(String directory) {
        var error = catchThrowableOfType(
                UserError.class, () -> new ProjectReader(in(Map.of("pom.xml", "")), directory).read());

        assertThat(error.what()).isEqualTo("no application name can be made of '" + directory + "'");
        assertThat(error.fix()).hasValue("write 'app: a-name' into stepzero.yaml");
    }

    @Test
    void theFileForWaiversAloneCountsToo() {
        var files = Map.of("pom.xml", "", "stepzero-waivers.yaml", """
                waivers:
                  - {rule: "aws-*", resource: 'x["k"]', owner: ann, reason: why not, until: 2028-02-29}
                """);

        var project = new ProjectReader(in(files), "shop").read();

        assertThat(project.waivers())
                .containsExactly(new Waiver("aws-*", "x[\"k\"]", "ann", "why not", LocalDate.of(2028, 2, 29)));
    }

    @Test
    void aWaiverThatCannotBeReadIsNamedByItsFileAndLine() {
        var files = Map.of("pom.xml", "", "stepzero-waivers.yaml", "waivers:\n  - {rule: a}\n");

        var error = catchThrowableOfType(UserError.class, () -> new ProjectReader(in(files), "shop").read());

        assertThat(error.where()).hasValue("stepzero-waivers.yaml:2");
    }

    @Test
    void everyKeyOfTheFileReachesTheRecord() {
        var project = read("""
                version: 1
                app: shop
                owners: [ann@example.org, the shop's team]
                test:
                  run: ./test
                  network: allowed
                  timeout: 90s
                  memory: 512
                  reports: [one, two]
                build:
                  fetch: ./fetch
                  run: ./build
                  artifact: out/app.jar
                  libraries: out/lib
                  start: [java, -jar, app.jar]
                  packages: [tzdata]
                  modules: [java.sql]
                  toolchain: [make]
                  budget: 90
                steps:
                  lint:
                    run: ./lint
                  report:
                    run: ./report
                    needs: [lint]
                    network: allowed
                    timeout: 2h
                    secrets: [API_TOKEN]
                    secretVariables: [NPM_TOKEN]
                    sarif: [lint.sarif]
                gate:
                  failOn: critical
                  warnOn: low
                  maxAge: 30
                  maxDatabaseAgeDays: 14
                waivers:
                  - rule: image-user-root
                    resource: image:*
                    owner: ann@example.org
                    reason: it must bind a port
                    until: 2027-01-31
                  - {rule: other, owner: bob, reason: why not, until: 2028-02-29}
                publish:
                  registry: registry.example.org:5000/team/shop
                environments:
                  staging:
                    target: process
                    loadBalancer:
                      address: 0.0.0.0
                      port: 9000
                    application:
                      port: 3000
                      portVariable: LISTEN
                      replicas: 3
                      health: /health
                      version: /version
                      environment:
                        MODE: fast
                        COLOUR: red
                      secrets: [ADMIN_PASSWORD]
                      memory: 128
                      startTimeout: 5m
                    database:
                      name: shop_db
                      role: shop_user
                      owner: shop_admin
                      variables: DB
                      migrate: [migrate, up]
                    admission:
                      maxAge: 30
                      require: [approval]
                    rebuild: manual
                  production: {}
                """);

        assertThat(project.app()).isEqualTo("shop");
        assertThat(project.owners()).containsExactly("ann@example.org", "the shop's team");
        assertThat(environment(project, "production").mendsItself()).isTrue();
        assertThat(project.test()).isEqualTo(new Project.Test(true, Duration.ofSeconds(90), 512));
        assertThat(project.plan().test()).isEqualTo("./test");
        assertThat(project.plan().reports()).containsExactly("one", "two");
        assertThat(project.plan().fetch()).isEqualTo("./fetch");
        assertThat(project.plan().build()).isEqualTo("./build");
        assertThat(project.plan().artifact()).isEqualTo("out/app.jar");
        assertThat(project.plan().libraries()).isEqualTo("out/lib");
        assertThat(project.plan().toolchain()).containsExactly("make");
        assertThat(project.image())
                .isEqualTo(new Project.Image(
                        List.of("java", "-jar", "app.jar"), List.of("tzdata"), List.of("java.sql"), Optional.of(90)));
        assertThat(project.steps())
                .containsExactly(
                        new Project.OwnStep(
                                "lint",
                                "./lint",
                                List.of(),
                                false,
                                Duration.ofMinutes(10),
                                List.of(),
                                List.of(),
                                List.of(),
                                "stepzero.yaml:22"),
                        new Project.OwnStep(
                                "report",
                                "./report",
                                List.of("lint"),
                                true,
                                Duration.ofHours(2),
                                List.of("API_TOKEN"),
                                List.of("NPM_TOKEN"),
                                List.of("lint.sarif"),
                                "stepzero.yaml:24"));
        assertThat(project.gate()).isEqualTo(new Project.Gate(Severity.CRITICAL, Severity.LOW, 30, Optional.of(14)));
        assertThat(project.waivers())
                .containsExactly(
                        new Waiver(
                                "image-user-root",
                                "image:*",
                                "ann@example.org",
                                "it must bind a port",
                                LocalDate.of(2027, 1, 31)),
                        new Waiver("other", "*", "bob", "why not", LocalDate.of(2028, 2, 29)));
        assertThat(project.registry()).hasValue("registry.example.org:5000/team/shop");
        assertThat(project.environments().keySet()).containsExactly("staging", "production");
        assertThat(environment(project, "staging"))
                .isEqualTo(new Project.Environment(
                        Optional.of("process"),
                        "0.0.0.0",
                        9000,
                        new Project.Application(
                                3000,
                                "LISTEN",
                                3,
                                "/health",
                                "/version",
                                Map.of("MODE", "fast", "COLOUR", "red"),
                                List.of("ADMIN_PASSWORD"),
                                128,
                                Duration.ofMinutes(5)),
                        Optional.of(new Project.Database(
                                "shop_db", "shop_user", "shop_admin", "DB", List.of("migrate", "up"))),
                        new Project.Admission(30, List.of("approval")),
                        false));
    }

    @Test
    void toolchainPackagesComeToThoseOfTheBuildSystem() {
        var files = Map.of("package.json", "", "stepzero.yaml", "build: {toolchain: [make]}\n");

        var project = new ProjectReader(in(files), "app").read();

        assertThat(project.plan().toolchain()).containsExactly("nodejs", "npm", "make");
    }

    @Test
    void aDatabaseWithoutFurtherWordsIsNamedAfterTheApplication() {
        var project = read("app: my-shop\nenvironments: {production: {database: {}}}\n");

        assertThat(environment(project, "production").database())
                .hasValue(new Project.Database("my_shop", "my_shop", "my_shop_owner", "MY_SHOP_POSTGRES", List.of()));
    }

    @Test
    void theApplicationMayNotOwnItsSchema() {
        var error = refused("environments:\n  production:\n    database:\n      role: shop\n      owner: shop\n");

        assertThat(error.what()).isEqualTo("the role 'shop' cannot own the schema that it works with");
        assertThat(error.where()).hasValue("stepzero.yaml:4");
    }

    @Test
    void whatTheFileNamesKeepsItsOrder() {
        var project = read("""
                environments:
                  zeta: {application: {environment: {Z: 1, Y: 2, X: 3, A: 4}}}
                  yota: {}
                  alpha: {}
                  beta: {}
                """);

        assertThat(project.environments().keySet()).containsExactly("zeta", "yota", "alpha", "beta");
        assertThat(environment(project, "zeta").application().environment().keySet())
                .containsExactly("Z", "Y", "X", "A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-02-29", "2027-13-01", "2027-00-10", "0000-01-00"})
    void aDayThatDoesNotExistIsRefused(String day) {
        var error = refused("waivers:\n  - rule: r\n    owner: o\n    reason: w\n    until: " + day + "\n");

        assertThat(error.what()).isEqualTo("there is no day " + day);
        assertThat(error.where()).hasValue("stepzero.yaml:5");
        assertThat(error.fix()).hasValue("write a day such as 2027-01-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31.01.2027", "2027-1-31", "tomorrow", "2027-01-31T00:00:00Z"})
    void aDayInAnotherFormIsRefused(String day) {
        var error = refused("waivers:\n  - rule: r\n    owner: o\n    reason: w\n    until: '" + day + "'\n");

        assertThat(error.what()).isEqualTo("waivers[0].until cannot be '" + day + "'");
        assertThat(error.fix()).hasValue("write a text: 2027-01-31");
    }

    @Test
    void aStepThatNeedsAnUnknownStepIsRefusedWithTheNearestOne() {
        var error = refused("steps:\n  lint: {run: x}\n  report:\n    run: y\n    needs:\n      - lnit\n");

        assertThat(error.what()).isEqualTo("step 'report' needs 'lnit', which is none of your steps");
        assertThat(error.where()).hasValue("stepzero.yaml:6");
        assertThat(error.fix()).hasValue("did you mean 'lint'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "999.1.1.1", "fe80:::1", "dead", "::g"})
    void anAddressThatIsNoneIsRefused(String address) {
        var error = refused("environments:\n  production:\n    loadBalancer:\n      address: '" + address + "'\n");

        assertThat(error.where()).hasValue("stepzero.yaml:4");
        assertThat(error.what()).contains("'" + address + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "health", "/a b", "/%zz", "/a{b}", "/a?b", "/a#b", "\"/\\n\"", "\"\""})
    void aPathThatCouldLeadElsewhereIsRefused(String path) {
        var error = refused("environments: {production: {application: {health: '%s'}}}\n".formatted(path));

        assertThat(error.what()).startsWith("environments.production.application.health cannot be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/__heartbeat__", "/actuator/health/", "/v1.0/~up"})
    void aPlainPathIsTaken(String path) {
        var project = read("environments: {production: {application: {health: '%s'}}}\n".formatted(path));

        assertThat(environment(project, "production").application().health()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "9shop", "-shop", "shop-", "shop_1", "a1234567890123456789012345678901234567890"})
    void aNameThatRegistriesAndHostNamesDoNotTakeIsRefused(String name) {
        var error = refused("app: " + name + "\n");

        assertThat(error.what()).startsWith("app cannot be '");
        assertThat(error.fix()).hasValue("write a text: invoicer");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() {
        SourceFiles files = path -> Optional.of(new byte[] {'a', ':', ' ', (byte) 0xff});

        var error = catchThrowableOfType(UserError.class, () -> new ProjectReader(files, "app").read());

        assertThat(error.what()).isEqualTo("the file is not UTF-8 text");
        assertThat(error.where()).hasValue("stepzero.yaml");
        assertThat(error.fix()).hasValue("save it as UTF-8");
    }

    private static Project read(String file) {
        return new ProjectReader(in(Map.of("pom.xml", "", "stepzero.yaml", file)), "app").read();
    }

    private static Project.Environment environment(Project project, String name) {
        return Objects.requireNonNull(project.environments().get(name));
    }

    private static UserError refused(String file) {
        var error = catchThrowableOfType(UserError.class, () -> read(file));
        assertThat(error).as("nothing was refused in: %s", file).isNotNull();
        return error;
    }

    private static SourceFiles in(Map<String, String> files) {
        return path -> Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String printed(Project project) {
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(project) + "\n";
    }
}
