package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import dev.stepzero.scan.vulnerabilities.vex.Statement;
import dev.stepzero.scan.vulnerabilities.vex.Statements;
import java.util.HashSet;
import java.util.Optional;

/** Vulnerabilities that a statement says do not matter. */
final class Settled {
    private Settled() {}

    /** The statement; empty where there is none, or the latest says something else. */
    static Optional<Statement> by(Statements statements, Vulnerable vulnerable) {
        var ids = new HashSet<>(vulnerable.aliases());
        ids.add(vulnerable.advisory());
        return statements
                .about(ids, vulnerable.component().purl())
                .filter(statement -> statement.status().settles());
    }
}
