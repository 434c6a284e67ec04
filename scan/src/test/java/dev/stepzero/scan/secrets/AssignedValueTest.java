package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignedValueTest {
    private static final String CHOSEN = "orange-" + "Tram-71";
    private static final String GENERATED = "Zk8vQ2mX7" + "rT4wLp9sB3nY6hD";

    @TempDir
    Path tree;

    private List<String> kinds(String form, String value) throws Exception {
        write(tree, "settings", form.replace("VALUE", value) + "\n");
        return scan(tree).findings().stream().map(Finding::rule).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql --user shop --password VALUE shop",
                "-Domain 'localhost' -Password 'VALUE'",
                "[\"--password\", \"VALUE\"]",
                "#define PASSWORD \"VALUE\"",
                "ENV DB_PASSWORD VALUE",
                "set password \"VALUE\"",
                "password 'VALUE'",
                "password          =       'VALUE'",
                "CREATE ROLE shop LOGIN PASSWORD 'VALUE';",
                "val password: String = \"VALUE\"",
                "password: Optional[str] = 'VALUE'",
                "if (password !== \"VALUE\") {",
                "os.environ.get(\"PASSWORD\", \"VALUE\")",
                "os.environ.get(\"PASSWORD\") or \"VALUE\"",
                "process.env.PASSWORD ?? 'VALUE'",
                "password = b'VALUE'",
                "password := []byte(\"VALUE\")",
                "password = new String(\"VALUE\")",
                "text=\"password: &quot;VALUE&quot;\"",
                "id: shop, pw: VALUE",
                "user=shop,pass=VALUE",
                "MYSQLPASS: VALUE"
            })
    void aPasswordIsReadInEveryFormThatProgramsWriteItIn(String form) throws Exception {
        assertThat(kinds(form, CHOSEN)).containsExactly("secret-generic");
        assertThat(kinds(form, "${PASSWORD}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "render --pass second1-Pass",
                "docker login --password-stdin VALUE",
                "the password is set; VALUE",
                "bypass: VALUE",
                "require(password, \"VALUE\")",
                "#define PASSWORD 0x0123fedc",
                "subPass = 'VALUE'",
                "if (password != \"\") { run(VALUE) }",
                "password: ''\nname: 'VALUE'",
                "notify('mail://AccountName:AuthToken@host')",
                "simply pass `VALUE` or pass more=VALUE to it"
            })
    void whatIsNoPasswordIsNone(String form) throws Exception {
        assertThat(kinds(form, CHOSEN)).isEmpty();
    }

    @Test
    void anOptionOfAServiceHasItsValueBehindABlank() throws Exception {
        assertThat(kinds("az storage blob list --account-key VALUE", Trees.made("secret-azure-storage-key-value")))
                .containsExactly("secret-azure-storage-key-value");
        assertThat(kinds("deploy --token VALUE --yes", GENERATED)).containsExactly("secret-generic");
        assertThat(kinds("deploy --token --name VALUE", GENERATED)).isEmpty();
    }

    @Test
    void theTypeBehindANameIsNoValue() throws Exception {
        assertThat(kinds("token: Wrapped1 = VALUE", GENERATED)).isEmpty();
        assertThat(kinds("token: VALUE=", GENERATED)).containsExactly("secret-generic");
    }

    @Test
    void howTheLettersOfANumberFollowEachOtherSaysNothing() throws Exception {
        assertThat(kinds("secret_key_base: VALUE", "decade0face1beda2" + "cede3ade4dace5fa8"))
                .containsExactly("secret-generic");
        assertThat(kinds("secret_key_base: VALUE", "decade-of-faces-" + "and-a-cede-of-fade"))
                .isEmpty();
    }
}
