package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessShipTest extends ShipSpecification {
    @Override
    Session user(Path home) throws IOException {
        return Session.withoutEngine(home);
    }

    @Override
    String target() {
        return "process";
    }

    @Test
    void aReleaseThatAnswersWithAnotherCommitIsRolledBack() throws Exception {
        startWithTheFirst();
        service.commitReplaced("src/Small.java", "System.getenv(\"SMALL_COMMIT\")", "\"b0a7\"");
        service.commitReplaced("stepzero.yaml", "startTimeout: 30s", "startTimeout: 6s");

        var answer = ship();

        assertThat(answer.exitCode()).as(answer.all()).isEqualTo(1);
        assertThat(answer.err()).contains("/__version__ does not name commit", "b0a7", "serves as before");
        assertThat(service.answer("/__version__")).contains(first);
    }
}
