package dev.stepzero.ship.project;

import dev.stepzero.core.Severity;
import dev.stepzero.core.Waiver;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project with everything decided: what its file says, and the defaults where that is silent.
 *
 * @param app the application's name
 * @param owners who answers for it, in any form that people know each other by
 * @param plan how it is tested and packaged
 * @param test limits of the tests
 * @param image what goes into the image beside the application
 * @param steps the user's own steps, in the order of the file
 * @param gate what blocks
 * @param waivers findings that somebody accepted
 * @param registry where the image is pushed beside the layout on disk
 * @param environments where releases run, by name, in the order of the file
 */
public record Project(
        String app,
        List<String> owners,
        BuildPlan plan,
        Test test,
        Image image,
        List<OwnStep> steps,
        Gate gate,
        List<Waiver> waivers,
        Optional<String> registry,
        Map<String, Environment> environments) {

    public Project {
        owners = List.copyOf(owners);
        steps = List.copyOf(steps);
        waivers = List.copyOf(waivers);
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }

    /** The same project judged by another policy. */
    public Project under(Policy policy) {
        return new Project(
                app,
                owners,
                plan,
                test,
                image,
                steps,
                policy.gate(),
                policy.waivers(),
                policy.registry(),
                policy.environments());
    }

    /** The same project, whose own commands reach no network once its dependencies are fetched. */
    public Project withoutNetwork() {
        return new Project(
                app,
                owners,
                plan,
                new Test(false, test.timeout(), test.memoryMegabytes()),
                image,
                steps.stream().map(OwnStep::withoutNetwork).toList(),
                gate,
                waivers,
                registry,
                environments);
    }

    /** Limits of the tests. */
    public record Test(boolean network, Duration timeout, int memoryMegabytes) {}

    /** What the image needs beside the application; an empty start command means the kind's own. */
    public record Image(
            List<String> start, List<String> packages, List<String> modules, Optional<Integer> budgetMegabytes) {
        public Image {
            start = List.copyOf(start);
            packages = List.copyOf(packages);
            modules = List.copyOf(modules);
        }
    }

    /**
     * A step that the user added.
     *
     * @param secrets names of the secrets that it gets as files
     * @param secretVariables names of those that it gets as variables too
     * @param sarif files in SARIF that it leaves: what other tools found
     */
    public record OwnStep(
            String name,
            String run,
            List<String> needs,
            boolean network,
            Duration timeout,
            List<String> secrets,
            List<String> secretVariables,
            List<String> sarif,
            String place) {
        public OwnStep {
            needs = List.copyOf(needs);
            secrets = List.copyOf(secrets);
            secretVariables = List.copyOf(secretVariables);
            sarif = List.copyOf(sarif);
        }

        private OwnStep withoutNetwork() {
            return new OwnStep(name, run, needs, false, timeout, secrets, secretVariables, sarif, place);
        }
    }

    /** What blocks; advisories may be of any age where none is set. */
    public record Gate(Severity failOn, Severity warnOn, int maxAgeDays, Optional<Integer> maxDatabaseAgeDays) {}

    /**
     * A declared environment.
     *
     * @param mendsItself whether what serves is built again by itself when a newer base mends what became known
     */
    public record Environment(
            Optional<String> target,
            String address,
            int port,
            Application application,
            Optional<Database> database,
            Admission admission,
            boolean mendsItself) {}

    /** What a release must prove: days that its verdict may be old, and more evidence than is always demanded. */
    public record Admission(int maxAgeDays, List<String> require) {
        public Admission {
            require = List.copyOf(require);
        }
    }

    /** The application tier. */
    public record Application(
            int port,
            String portVariable,
            int replicas,
            String health,
            String version,
            Map<String, String> environment,
            List<String> secrets,
            int memoryMegabytes,
            Duration startTimeout) {
        public Application {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            secrets = List.copyOf(secrets);
        }
    }

    /** The database tier. */
    public record Database(String name, String role, String owner, String variables, List<String> migrate) {
        public Database {
            migrate = List.copyOf(migrate);
        }
    }
}
