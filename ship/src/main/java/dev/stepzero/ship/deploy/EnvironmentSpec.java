package dev.stepzero.ship.deploy;

import dev.stepzero.ship.evidence.AdmissionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An environment as it was declared: three tiers, each in a network of its own.
 *
 * @param project the application's name: lower-case letters, digits and hyphens, at most 40
 * @param name the environment's name, under the same rules
 * @param home where the environment keeps its files: secrets, sockets, data; mode 0700
 * @param loadBalancer the first tier
 * @param application the second tier
 * @param database the third tier, where the application asks for one
 * @param admission what a release must prove before it may come here
 */
public record EnvironmentSpec(
        String project,
        String name,
        Path home,
        LoadBalancer loadBalancer,
        Application application,
        Optional<Database> database,
        AdmissionPolicy admission) {

    public EnvironmentSpec {
        // What was declared before there were demands reads as null.
        admission = Objects.requireNonNullElse(admission, AdmissionPolicy.USUAL);
    }

    /** An environment with the usual demands. */
    public EnvironmentSpec(
            String project,
            String name,
            Path home,
            LoadBalancer loadBalancer,
            Application application,
            Optional<Database> database) {
        this(project, name, home, loadBalancer, application, database, AdmissionPolicy.USUAL);
    }

    /**
     * The tier that takes the requests.
     *
     * @param address the address of the host that it listens on
     * @param port the port on the host
     */
    public record LoadBalancer(String address, int port) {}

    /**
     * The tier that answers them.
     *
     * @param port where each replica listens
     * @param portVariable the variable that tells a replica its port where a target cannot keep to {@code port}, such as
     *     {@code INVOICER_PORT}; where the name ends in {@code _PORT}, the one that ends in {@code _ADDRESS} instead
     *     tells the address to listen on
     * @param replicas how many there are, at least 1
     * @param healthPath answers 200 when the replica can serve
     * @param versionPath answers with the commit that it was built from
     * @param environment plain variables
     * @param secrets names of generated secrets: each reaches a replica as a file that {@code <NAME>_FILE} names
     * @param memoryMegabytes the most that a replica may use
     * @param startTimeout how long it may take until it is healthy
     */
    public record Application(
            int port,
            String portVariable,
            int replicas,
            String healthPath,
            String versionPath,
            Map<String, String> environment,
            List<String> secrets,
            int memoryMegabytes,
            Duration startTimeout) {
        public Application {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The tier that remembers. Two roles exist: {@code owner}, which owns the schema and runs the migration, and
     * {@code role}, which the replicas use and which has only what the migration grants it.
     *
     * @param name the database's name
     * @param role the application's role
     * @param owner the schema's owner
     * @param variablePrefix the replicas get {@code <PREFIX>_HOST}, {@code _DB}, {@code _USER},
     *     {@code _PASSWORD_FILE} and {@code _SSLMODE}; the migration also {@code _APP_ROLE}
     * @param migrate the arguments with which the release's image migrates the schema; empty when it has none
     */
    public record Database(String name, String role, String owner, String variablePrefix, List<String> migrate) {
        public Database {
            migrate = List.copyOf(migrate);
        }
    }
}
