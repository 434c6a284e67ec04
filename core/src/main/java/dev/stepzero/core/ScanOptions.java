package dev.stepzero.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user gives a scan beside its subject.
 *
 * @param rules directories of the user's own rules
 * @param variables files with values of variables, the later winning, as Terraform's {@code -var-file} takes them
 * @param vex documents that say which vulnerabilities do not matter
 * @param maxDatabaseAgeDays how old advisories may be before that blocks; empty for any age
 * @param home where Stepzero keeps its files; empty for the user's own
 * @param ignored whether what Git ignores in a tree is looked at like the rest
 */
public record ScanOptions(
        List<Path> rules,
        List<Path> variables,
        List<Path> vex,
        Optional<Integer> maxDatabaseAgeDays,
        Optional<Home> home,
        boolean ignored) {
    public static final ScanOptions NONE = new ScanOptions(List.of(), List.of());

    public ScanOptions {
        rules = List.copyOf(rules);
        variables = List.copyOf(variables);
        vex = List.copyOf(vex);
    }

    /** Rules and variables, and the rest as it is without options. */
    public ScanOptions(List<Path> rules, List<Path> variables) {
        this(rules, variables, List.of(), Optional.empty(), Optional.empty());
    }

    /** What Git ignores is left out. */
    public ScanOptions(
            List<Path> rules,
            List<Path> variables,
            List<Path> vex,
            Optional<Integer> maxDatabaseAgeDays,
            Optional<Home> home) {
        this(rules, variables, vex, maxDatabaseAgeDays, home, false);
    }
}
