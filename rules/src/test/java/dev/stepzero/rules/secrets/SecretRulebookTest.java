package dev.stepzero.rules.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SecretRulebookTest {
    private static final String RULE = """
            id: secret-test
            title: 'A test can be read'
            severity: high
            keywords: [tst_]
            token: 'tst_[a-z]{10}'
            why: because
            fix: Revoke it.
            """;

    @Test
    void thereAreManyKindsAndEachSaysWhatItOpensAndWhereToRevokeIt() {
        var rules = SecretRulebook.builtIn().rules();

        assertThat(rules).hasSizeGreaterThan(180).allSatisfy(rule -> {
            assertThat(rule.why()).hasSizeGreaterThan(20);
            assertThat(rule.fix()).hasSizeGreaterThan(20);
        });
    }

    @Test
    void whatTheBuildPackedIsWhatStandsInTheFiles() throws Exception {
        var read = SecretRulebook.read(Path.of("secrets")).stream()
                .map(SecretRuleFile.Source::rule)
                .toList();

        assertThat(SecretRulebook.decode(SecretRulebook.encode(read)).rules()).isEqualTo(read);
        assertThat(SecretRulebook.builtIn().rules()).isEqualTo(read);
    }

    @Test
    void everyCompanionIsARuleAndEveryControlIsOfAFramework() throws Exception {
        var book = SecretRulebook.builtIn();

        assertThat(book.rules())
                .allSatisfy(rule -> rule.companion()
                        .ifPresent(companion -> assertThat(book.rule(companion)).isPresent()));
        assertThat(new HashSet<>(SecretRule.controls())).hasSize(4);
    }

    @Test
    void aFileThatIsWrongSaysWhatAndWhere() {
        assertThat(SecretRuleFile.read("a/secret-test.yaml", RULE).rule().keywords())
                .containsExactly("tst_");
        assertThatThrownBy(() -> SecretRuleFile.read("a/secret-other.yaml", RULE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not the file's name");
        assertThatThrownBy(() -> SecretRuleFile.read("a/secret-test.yaml", RULE.replace("{10}", "+")))
                .hasMessageContaining("has no end");
        assertThatThrownBy(() -> SecretRuleFile.read("a/secret-test.yaml", RULE + "value: 'x'\n"))
                .hasMessageContaining("one of");
        assertThatThrownBy(() -> SecretRuleFile.read("a/secret-test.yaml", RULE.replace("tst_]", "x]")))
                .hasMessageContaining("no keyword");
    }
}
