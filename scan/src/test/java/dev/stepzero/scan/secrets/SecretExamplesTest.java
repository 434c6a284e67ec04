package dev.stepzero.scan.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SecretExamplesTest {

    @Test
    void everyKindFindsItsBadExamplesAndNoGoodOne() {
        var wrong = new ArrayList<String>();

        for (var source : SecretRulebook.read(Path.of("../rules/secrets"))) {
            SecretExamples.failures(source)
                    .forEach(failure -> wrong.add(source.rule().id() + ": " + failure));
        }

        assertThat(wrong).isEmpty();
    }
}
