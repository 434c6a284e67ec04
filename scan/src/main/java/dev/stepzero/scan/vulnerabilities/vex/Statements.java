package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.scan.packages.PackageUrl;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All statements that a scan was given, by whatever documents. */
public record Statements(List<Statement> all) {
    public Statements {
        all = List.copyOf(all);
    }

    /**
     * The latest statement about a vulnerability in a package; of several of the same time the last that was read.
     *
     * @param ids all names of the vulnerability
     */
    public Optional<Statement> about(Set<String> ids, PackageUrl purl) {
        return all.stream()
                .filter(statement -> statement.isAbout(ids, purl))
                .reduce((one, other) -> Comparator.comparing(Statement::time).compare(one, other) > 0 ? one : other);
    }
}
