package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubtTest {
    @TempDir
    Path tree;

    private List<Severity> severities(String path, String text) throws Exception {
        write(tree, path, text);
        return scan(tree).findings().stream().map(Finding::severity).toList();
    }

    private static String withAnotherEnd(String token) {
        var last = token.endsWith("a") ? "b" : "a";
        return token.substring(0, token.length() - 1) + last;
    }

    @Test
    void oneDoubtLowersATokenAndASecondOneSaysThatItIsNone() throws Exception {
        var broken = withAnotherEnd(made("secret-github-pat"));

        assertThat(severities("a/settings.env", broken)).containsExactly(Severity.LOW);
        assertThat(severities("a/settings.env", "")).isEmpty();
        assertThat(severities("src/test/settings.env", broken)).isEmpty();
    }

    @Test
    void whatTheIssuerMadeIsBelievedAmongTestsToo() throws Exception {
        assertThat(severities("src/test/a.txt", made("secret-github-pat"))).containsExactly(Severity.CRITICAL);
    }

    @Test
    void aGeneratedValueAmongTestsIsDoubtedAndAPasswordThatAPersonChoseIsNone() throws Exception {
        var generated = "Zk8vQ2mX7" + "rT4wLp9sB3nY6hD";
        var chosen = "orange-" + "Tram-71";

        assertThat(severities("src/test/a.yaml", "api_key: \"" + generated + "\"\n"))
                .containsExactly(Severity.LOW);
        assertThat(severities("src/test/a.yaml", "password: \"" + chosen + "\"\n"))
                .isEmpty();
        assertThat(severities("src/test/a.yaml", "url: https://me:" + chosen + "@host/\n"))
                .isEmpty();
        assertThat(severities("src/main/a.yaml", "password: \"" + chosen + "\"\n"))
                .containsExactly(Severity.MEDIUM);
    }

    @Test
    void theBase64OfATextIsNoGeneratedValue() throws Exception {
        var wrapped = Base64.getEncoder().encodeToString("oh no this is bad".getBytes(StandardCharsets.UTF_8));

        assertThat(severities("src/test/a.yaml", "encryption_key: \"" + wrapped + "\"\n"))
                .isEmpty();
    }

    @Test
    void anIdAloneAmongTestsIsNone() throws Exception {
        assertThat(severities("src/test/a.txt", "id = " + made("secret-aws-access-key")))
                .isEmpty();
    }

    @Test
    void whatWeCallASecretInWaiversIsNone() throws Exception {
        assertThat(severities("stepzero.yaml", "    resource: secret:" + "3d63b35a" + "4862919e\n"))
                .isEmpty();
        assertThat(severities("stepzero.yaml", "    client_secret: " + "3d63b35a" + "4862919e\n"))
                .isNotEmpty();
    }

    @Test
    void theExpressionThatAScannerSeeksTokensWithIsNone() throws Exception {
        var beginning = "bedrock-api-key-YmVkcm9jay5hbWF6" + "b25hd3MuY29t";

        assertThat(severities("rule.toml", "regex = '" + beginning + "[A-Za-z0-9+/=]+'\n"))
                .isEmpty();
        assertThat(severities("rule.toml", "key = '" + beginning + "'\n")).isNotEmpty();
    }

    @Test
    void aSetOfTestsMayHaveANameOfItsOwn() throws Exception {
        var generated = "Zk8vQ2mX7" + "rT4wLp9sB3nY6hD";

        for (var folder : List.of("dockerTest", "smoke-test", "integration-tests", "testFixtures")) {
            assertThat(severities(folder + "/a.yaml", "api_key: \"" + generated + "\"\n"))
                    .containsExactly(Severity.LOW);
            assertThat(severities(folder + "/a.yaml", "")).isEmpty();
        }
        assertThat(severities("latest/a.yaml", "api_key: \"" + generated + "\"\n"))
                .containsExactly(Severity.MEDIUM);
    }

    @Test
    void whatDocumentationShowsIsDoubtedUnlessItHasAFormOfItsOwn() throws Exception {
        var generated = "Zk8vQ2mX7" + "rT4wLp9sB3nY6hD";

        assertThat(severities("README.md", "api_key: \"" + generated + "\"\n")).containsExactly(Severity.LOW);
        assertThat(severities("README.md", made("secret-github-pat"))).containsExactly(Severity.CRITICAL);
    }

    @Test
    void aPasswordForThisMachineIsDoubtedAndAContainersDefaultThereIsNone() throws Exception {
        var chosen = "orange-" + "Tram-71";

        assertThat(severities("a.yaml", "url: postgres://app:" + chosen + "@db.acme.io/app\n"))
                .containsExactly(Severity.CRITICAL);
        assertThat(severities("a.yaml", "url: postgres://app:" + chosen + "@localhost:5432/app\n"))
                .containsExactly(Severity.LOW);
        assertThat(severities("a.yaml", "url: postgres://postgres:postgres@localhost/app\n"))
                .isEmpty();
        assertThat(severities("a.yaml", "url: postgres://myuser:mypass@db.acme.io/app\n"))
                .isEmpty();
    }

    @Test
    void aNameInSmallLettersIsNoToken() throws Exception {
        assertThat(severities("a.css", ".md-" + "headerbuttonandcontents {}\n")).isEmpty();
    }
}
