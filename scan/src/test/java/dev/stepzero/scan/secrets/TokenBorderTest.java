package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenBorderTest {
    @TempDir
    Path tree;

    private List<String> kinds(String text) throws Exception {
        write(tree, "a.log", text);
        return scan(tree).findings().stream().map(Finding::rule).toList();
    }

    @Test
    void aColourOfATerminalIsNoPartOfAWord() throws Exception {
        var token = made("secret-digitalocean-pat");

        assertThat(kinds("\u001b[93m" + token + "\u001b[0m")).containsExactly("secret-digitalocean-pat");
        assertThat(kinds("[1;32m" + token)).containsExactly("secret-digitalocean-pat");
        assertThat(kinds("item" + token)).isEmpty();
    }

    @Test
    void whereAChecksumHoldsTheTokenEndsWhateverFollows() throws Exception {
        var proven = made("secret-github-pat");
        var plain = made("secret-digitalocean-pat");

        assertThat(kinds(proven + "andMore")).containsExactly("secret-github-pat");
        assertThat(kinds(proven.substring(0, proven.length() - 1) + "_andMore")).isEmpty();
        assertThat(kinds(plain + "andMore")).isEmpty();
    }

    @Test
    void aKeyInACommentIsAKey() throws Exception {
        var bytes = new byte[300];
        new SplittableRandom(3).nextBytes(bytes);
        var key = "-----BEGIN " + "RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(bytes);

        assertThat(kinds("# " + key.replace("\n", "\n# "))).containsExactly("secret-private-key");
        assertThat(kinds(" * " + key.replace("\n", "\n * "))).containsExactly("secret-private-key");
    }
}
