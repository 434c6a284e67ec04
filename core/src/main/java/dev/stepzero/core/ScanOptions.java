package dev.stepzero.core;

import java.nio.file.Path;
import java.util.List;

/**
 * What a user gives a scan beside its subject.
 *
 * @param rules directories of the user's own rules
 * @param variables files with values of variables, the later winning, as Terraform's {@code -var-file} takes them
 */
public record ScanOptions(List<Path> rules, List<Path> variables) {
    public static final ScanOptions NONE = new ScanOptions(List.of(), List.of());

    public ScanOptions {
        rules = List.copyOf(rules);
        variables = List.copyOf(variables);
    }
}
