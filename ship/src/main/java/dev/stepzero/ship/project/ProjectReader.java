package dev.stepzero.ship.project;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.ship.yaml.Nearest;
import dev.stepzero.ship.yaml.YamlFile;
import dev.stepzero.ship.yaml.YamlValue;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a project: {@code stepzero.yaml} where it is there, and the build file for the rest. */
public final class ProjectReader {
    /** The name of the file in the project's directory. */
    public static final String FILE = "stepzero.yaml";

    private static final YamlValue.Mapping NOTHING = new YamlValue.Mapping(Map.of(), FILE);
    private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);

    private final SourceFiles files;
    private final String directoryName;

    /**
     * A reader of one project.
     *
     * @param files the project's files at the commit that is shipped
     * @param directoryName what the directory is called where the user has it
     */
    public ProjectReader(SourceFiles files, String directoryName) {
        this.files = files;
        this.directoryName = directoryName;
    }

    /**
     * Reads the project.
     *
     * @throws UserError with file, line and what to write instead, or if the kind of project cannot be told
     */
    public Project read() {
        var file = file();
        var app = file.text("app").orElseGet(this::nameOfDirectory);
        return new Project(
                app,
                file.texts("owners").orElse(List.of()),
                plan(file),
                test(file.mapping("test").orElse(NOTHING)),
                image(file.mapping("build").orElse(NOTHING)),
                steps(file),
                gate(file.mapping("gate").orElse(NOTHING)),
                waivers(file),
                file.mapping("publish").flatMap(publish -> publish.text("registry")),
                environments(file, app));
    }

    /**
     * Reads only what decides whether and how a change goes on, for which no build file is needed.
     *
     * @param app the application's name
     * @throws UserError with file, line and what to write instead
     */
    public Policy policy(String app) {
        var file = file();
        return new Policy(
                gate(file.mapping("gate").orElse(NOTHING)),
                waivers(file),
                file.mapping("publish").flatMap(publish -> publish.text("registry")),
                environments(file, app));
    }

    private YamlValue.Mapping file() {
        return files.read(FILE)
                .flatMap(content -> YamlFile.read(FILE, SettingsFile.decoded(FILE, content), ProjectShape.shape()))
                .orElse(NOTHING);
    }

    private String nameOfDirectory() {
        var name = directoryName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]+", "-")
                .replaceAll("^[^a-z]+", "");
        if (name.isEmpty()) {
            throw UserError.unreadable("no application name can be made of '" + directoryName + "'")
                    .fix("write 'app: a-name' into " + FILE);
        }
        return name.substring(0, Math.min(40, name.length())).replaceAll("-+$", "");
    }

    private BuildPlan plan(YamlValue.Mapping file) {
        var plan = BuildSystem.of(files)
                .map(system -> BuildPlans.of(system, files))
                .orElseThrow(() -> UserError.unreadable("no build file was found: Stepzero knows "
                                + "pom.xml, build.gradle, package.json, go.mod, pyproject.toml and requirements.txt")
                        .at(directoryName)
                        .fix("ship the directory that holds the build file"));
        var test = file.mapping("test").orElse(NOTHING);
        var build = file.mapping("build").orElse(NOTHING);
        var toolchain = new ArrayList<>(plan.toolchain());
        toolchain.addAll(build.texts("toolchain").orElse(List.of()));
        return new BuildPlan(
                plan.label(),
                plan.kind(),
                toolchain,
                build.text("fetch").orElse(plan.fetch()),
                plan.fetchInputs(),
                test.text("run").orElse(plan.test()),
                build.text("run").orElse(plan.build()),
                plan.variables(),
                test.texts("reports").orElse(plan.reports()),
                build.text("artifact").orElse(plan.artifact()),
                build.text("libraries").orElse(plan.libraries()));
    }

    private static Project.Test test(YamlValue.Mapping test) {
        return new Project.Test(
                network(test),
                test.duration("timeout").orElse(STEP_TIMEOUT),
                test.whole("memory").orElse(3072L).intValue());
    }

    private static boolean network(YamlValue.Mapping step) {
        return step.text("network").orElse("none").equals("allowed");
    }

    private static Project.Image image(YamlValue.Mapping build) {
        return new Project.Image(
                build.texts("start").orElse(List.of()),
                build.texts("packages").orElse(List.of()),
                build.texts("modules").orElse(List.of()),
                build.whole("budget").map(Long::intValue));
    }

    private static List<Project.OwnStep> steps(YamlValue.Mapping file) {
        var steps = new ArrayList<Project.OwnStep>();
        var named = file.mapping("steps").orElse(NOTHING).entries();
        named.forEach((name, value) -> {
            var step = (YamlValue.Mapping) value;
            step.items("needs").forEach(need -> refuseUnknown((YamlValue.Scalar) need, name, named.keySet()));
            steps.add(new Project.OwnStep(
                    name,
                    step.text("run").orElseThrow(),
                    step.texts("needs").orElse(List.of()),
                    network(step),
                    step.duration("timeout").orElse(STEP_TIMEOUT),
                    step.texts("secrets").orElse(List.of()),
                    step.texts("secretVariables").orElse(List.of()),
                    step.texts("sarif").orElse(List.of()),
                    step.place()));
        });
        return steps;
    }

    private static void refuseUnknown(YamlValue.Scalar need, String step, Set<String> steps) {
        if (!steps.contains(need.text())) {
            throw UserError.unreadable("step '%s' needs '%s', which is none of your steps".formatted(step, need.text()))
                    .at(need.place())
                    .fix(Nearest.to(need.text(), steps)
                            .map("did you mean '%s'?"::formatted)
                            .orElse("name a step of this file, or take the need away"));
        }
    }

    static Project.Gate gate(YamlValue.Mapping gate) {
        return new Project.Gate(
                severity(gate, "failOn", Severity.HIGH),
                severity(gate, "warnOn", Severity.MEDIUM),
                gate.whole("maxAge").orElse(7L).intValue(),
                gate.whole("maxDatabaseAgeDays").map(Long::intValue));
    }

    private static Severity severity(YamlValue.Mapping gate, String key, Severity otherwise) {
        return gate.text(key).map(word -> Severity.labelled(word).orElseThrow()).orElse(otherwise);
    }

    /** Those of the project's file and of the file for nothing else. */
    private List<Waiver> waivers(YamlValue.Mapping file) {
        var written = new ArrayList<>(WaiverList.of(file));
        files.read(ScanSettings.WAIVERS)
                .map(content -> SettingsFile.decoded(ScanSettings.WAIVERS, content))
                .ifPresent(content -> written.addAll(WaiverList.read(ScanSettings.WAIVERS, content)));
        return written.stream().map(WrittenWaiver::waiver).toList();
    }

    private static Map<String, Project.Environment> environments(YamlValue.Mapping file, String app) {
        var environments = new LinkedHashMap<String, Project.Environment>();
        file.mapping("environments")
                .orElse(NOTHING)
                .entries()
                .forEach((name, value) -> environments.put(name, environment((YamlValue.Mapping) value, app)));
        if (environments.isEmpty()) {
            environments.put("production", environment(NOTHING, app));
        }
        return environments;
    }

    private static Project.Environment environment(YamlValue.Mapping environment, String app) {
        var balancer = environment.mapping("loadBalancer").orElse(NOTHING);
        return new Project.Environment(
                environment.text("target"),
                balancer.scalar("address").map(ProjectReader::address).orElse("127.0.0.1"),
                balancer.whole("port").orElse(8080L).intValue(),
                application(environment.mapping("application").orElse(NOTHING)),
                environment.mapping("database").map(database -> database(database, app)),
                admission(environment.mapping("admission").orElse(NOTHING)),
                environment.text("rebuild").orElse("automatic").equals("automatic"));
    }

    private static Project.Admission admission(YamlValue.Mapping admission) {
        return new Project.Admission(
                admission.whole("maxAge").orElse(90L).intValue(),
                admission.texts("require").orElse(List.of()));
    }

    private static String address(YamlValue.Scalar address) {
        try {
            return InetAddress.ofLiteral(address.text()).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw UserError.unreadable("'%s' is no IP address".formatted(address.text()))
                    .at(address.place())
                    .fix("write 127.0.0.1 for this host only, or 0.0.0.0 for every interface")
                    .because(e);
        }
    }

    private static Project.Application application(YamlValue.Mapping application) {
        var variables = new LinkedHashMap<String, String>();
        application
                .mapping("environment")
                .orElse(NOTHING)
                .entries()
                .forEach((name, value) -> variables.put(name, ((YamlValue.Scalar) value).text()));
        return new Project.Application(
                application.whole("port").orElse(8080L).intValue(),
                application.text("portVariable").orElse("PORT"),
                application.whole("replicas").orElse(2L).intValue(),
                application.text("health").orElse("/__heartbeat__"),
                application.text("version").orElse("/__version__"),
                variables,
                application.texts("secrets").orElse(List.of()),
                application.whole("memory").orElse(384L).intValue(),
                application.duration("startTimeout").orElse(Duration.ofSeconds(60)));
    }

    private static Project.Database database(YamlValue.Mapping database, String app) {
        var word = app.replace('-', '_');
        var role = database.text("role").orElse(word);
        var owner = database.text("owner").orElse(role + "_owner");
        if (owner.equals(role)) {
            throw UserError.unreadable("the role '%s' cannot own the schema that it works with".formatted(role))
                    .at(database.place())
                    .fix("name two roles, so that the application cannot change its own tables");
        }
        return new Project.Database(
                database.text("name").orElse(word),
                role,
                owner,
                database.text("variables").orElse(word.toUpperCase(Locale.ROOT) + "_POSTGRES"),
                database.texts("migrate").orElse(List.of()));
    }
}
