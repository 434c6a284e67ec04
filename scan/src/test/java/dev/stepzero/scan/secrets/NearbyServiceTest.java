package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyServiceTest {
    @TempDir
    Path tree;

    private List<String> kinds(String text) throws Exception {
        write(tree, "settings.yaml", text);
        return scan(tree).findings().stream().map(Finding::rule).toList();
    }

    @Test
    void aBareNameBelongsToTheServiceAboveIt() throws Exception {
        var key = made("secret-sumologic-key");

        assertThat(kinds("sumologic:\n  url: https://a\n  accessKey: " + key + "\n"))
                .containsExactly("secret-sumologic-key");
        assertThat(kinds("collector:\n  accessKey: " + key + "\n")).containsExactly("secret-generic");
    }

    @Test
    void aNameWithAWordOfItsOwnBelongsToSomebodyElse() throws Exception {
        var key = made("secret-sumologic-key");

        assertThat(kinds("sumologic: on\nacme_token: " + key + "\n")).containsExactly("secret-generic");
    }

    @Test
    void whatIsNamedFarAboveDoesNotCount() throws Exception {
        var key = made("secret-sumologic-key");

        assertThat(kinds("sumologic: on\n" + "# a line of prose\n".repeat(20) + "token: " + key + "\n"))
                .containsExactly("secret-generic");
    }

    @Test
    void theDefaultOfATerraformVariableIsGivenToItsName() throws Exception {
        var token = made("secret-okta-token");
        var block = "variable \"okta_api_token\" {\n  type    = string\n  default = \"%s\"\n}\n";

        assertThat(kinds(block.formatted(token))).containsExactly("secret-okta-token");
        assertThat(kinds("variable \"okta_api_token\" {\n}\nlocals {\n  default = \"" + token + "\"\n}\n"))
                .doesNotContain("secret-okta-token");
    }

    @Test
    void aSystemPropertyOnACommandLineIsASetting() throws Exception {
        var token = made("secret-sonar-token");

        assertThat(kinds("mvn verify -Dsonar.login=" + token + "\n")).hasSize(1);
    }

    @Test
    void aFileThatKeepsLoginsIsBelieved() throws Exception {
        write(tree, ".vscode/sftp.json", "{\"host\": \"a\", \"password\": \"hunter" + "22\"}\n");
        write(tree, "other.json", "{\"host\": \"a\", \"password\": \"hunter" + "22\"}\n");

        assertThat(scan(tree).findings())
                .extracting(finding -> finding.location().path())
                .containsExactly(".vscode/sftp.json");
    }
}
