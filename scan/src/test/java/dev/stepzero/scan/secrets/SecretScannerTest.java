package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.scanAll;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
    @TempDir
    Path temporary;

    private Path tree() throws Exception {
        return Files.createDirectories(temporary.resolve("tree"));
    }

    @Test
    void aTokenIsFoundWithItsLineAndWhyAndIsNotShown() throws Exception {
        var token = made("secret-github-pat");
        write(tree(), "deploy/settings.env", "A=1\nTOKEN=" + token + "\n");

        var report = scan(tree());

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("secret-github-pat");
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.location().path()).isEqualTo("deploy/settings.env");
            assertThat(finding.location().startLine()).isEqualTo(2);
            assertThat(finding.message())
                    .contains("ghp_…")
                    .contains("checksum holds")
                    .contains("40 characters");
        });
        assertThat(report.toString()).doesNotContain(token).doesNotContain(token.substring(6, 20));
    }

    @Test
    void aTokenWhoseChecksumDoesNotHoldIsDoubted() throws Exception {
        var token = made("secret-github-pat");
        var last = token.charAt(39) == 'a' ? "b" : "a";
        write(tree(), "a.txt", token.substring(0, 39) + last);

        assertThat(scan(tree()).findings()).extracting(Finding::severity).containsExactly(Severity.LOW);
    }

    @Test
    void oneSecretInManyPlacesIsOneFindingWhoseFingerprintDoesNotMove() throws Exception {
        var token = made("secret-digitalocean-pat");
        write(tree(), "a.txt", "x\n" + token);
        write(tree(), "b/c.txt", "\n\n\n\n" + token);
        var before = scan(tree()).findings();
        Files.delete(tree().resolve("a.txt"));

        var after = scan(tree()).findings();

        assertThat(before)
                .singleElement()
                .satisfies(finding -> assertThat(finding.related()).hasSize(1));
        assertThat(after)
                .extracting(Finding::fingerprint)
                .containsExactly(before.getFirst().fingerprint());
        assertThat(after.getFirst().location().resource()).startsWith("secret:");
    }

    @Test
    void machinesNameASecretAlikeOnlyByTheKeyOfTheRepository() throws Exception {
        var token = made("secret-digitalocean-pat");
        write(tree(), "a.txt", token);
        var other = Files.createDirectories(temporary.resolve("other"));
        write(other, "a.txt", token);
        var apart = scan(other).findings().getFirst().fingerprint();
        assertThat(scan(tree()).findings().getFirst().fingerprint()).isNotEqualTo(apart);

        SecretScanner.shareNames(tree());
        Files.copy(tree().resolve(SecretScanner.namesFile()), other.resolve(SecretScanner.namesFile()));

        assertThat(scan(tree()).findings().getFirst().fingerprint())
                .isEqualTo(scan(other).findings().getFirst().fingerprint());
    }

    @Test
    void whatGitIgnoresIsLeftOutUnlessItIsCommittedOrAskedFor() throws Exception {
        try (var git = Git.init().setDirectory(tree().toFile()).call()) {
            write(tree(), ".gitignore", "*.local\nbuild/\n!keep.local\n");
            write(tree(), "ignored.local", made("secret-digitalocean-pat"));
            write(tree(), "build/out.txt", made("secret-digitalocean-pat"));
            write(tree(), "keep.local", made("secret-digitalocean-pat"));
            write(tree(), "forced.local", made("secret-digitalocean-pat"));
            var index = git.getRepository().lockDirCache();
            var builder = index.builder();
            var entry = new org.eclipse.jgit.dircache.DirCacheEntry("forced.local");
            entry.setFileMode(org.eclipse.jgit.lib.FileMode.REGULAR_FILE);
            entry.setObjectId(org.eclipse.jgit.lib.ObjectId.zeroId());
            builder.add(entry);
            builder.commit();
        }

        var usual = scan(tree());
        var all = scanAll(tree());

        assertThat(usual.findings())
                .extracting(finding -> finding.location().path())
                .containsExactly("forced.local", "keep.local");
        assertThat(all.findings()).hasSize(4);
    }

    @Test
    void whatIsWrappedIsUnwrapped() throws Exception {
        var token = "token = \"" + made("secret-npm-token") + "\"";
        var once = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        write(tree(), "once.yaml", "data: " + once);
        var another = "token = \"" + made("secret-npm-token") + "\"";
        var twice = Base64.getEncoder()
                .encodeToString(Base64.getEncoder().encode(another.getBytes(StandardCharsets.UTF_8)));
        write(tree(), "twice.yaml", "data: " + twice);
        write(tree(), "wide.txt", ("\ufeff" + "x " + made("secret-npm-token")).getBytes(StandardCharsets.UTF_16LE));
        write(tree(), "sheet.xlsx", zip("xl/sheet1.xml", "<v>" + made("secret-npm-token") + "</v>"));
        write(tree(), "outer.jar", zip("inner.zip", zip("a.properties", made("secret-npm-token"))));

        assertThat(scan(tree()).findings())
                .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo("secret-npm-token"))
                .extracting(finding -> finding.location().path())
                .containsExactly(
                        "once.yaml",
                        "outer.jar!/inner.zip!/a.properties",
                        "sheet.xlsx!/xl/sheet1.xml",
                        "twice.yaml",
                        "wide.txt");
    }

    @Test
    void anArchiveIsSearchedBehindAnArchiveInIt() throws Exception {
        var gzip = new ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(gzip)) {
            out.write(made("secret-npm-token").getBytes(StandardCharsets.UTF_8));
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("first.gz"));
            zip.write(gzip.toByteArray());
            zip.putNextEntry(new ZipEntry("second.jar"));
            zip.write(zip("a.txt", made("secret-npm-token")));
            zip.putNextEntry(new ZipEntry("third.txt"));
            zip.write(made("secret-npm-token").getBytes(StandardCharsets.UTF_8));
        }
        write(tree(), "all.zip", bytes.toByteArray());

        var report = scan(tree());

        assertThat(report.coverage().skipped()).isEmpty();
        assertThat(report.findings())
                .extracting(finding -> finding.location().path())
                .containsExactly("all.zip!/first.gz!/first", "all.zip!/second.jar!/a.txt", "all.zip!/third.txt");
    }

    private static byte[] zip(String name, String text) throws Exception {
        return zip(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(String name, byte[] content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void digestsReferencesAndPlaceholdersAreNoSecrets() throws Exception {
        write(
                tree(),
                "package-lock.json",
                "{\"lockfileVersion\": 3, \"datadog_token\": \"" + "3f2a9c5e8b7d1f4a6c0e9b8d7a5f3c1e\"}");
        write(tree(), "renamed.txt", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  a_token.key\n");
        write(
                tree(),
                "main.tf",
                "password = var.password\ntoken = \"${data.vault.token}\"\nsecret_name = \"a8Fk39dkLs02mdKq\"\n");
        write(
                tree(),
                "doc.md",
                "AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE\nGITHUB_TOKEN=ghp_" + "x".repeat(36) + "\n");
        write(tree(), "a.py", "api_key = os.environ[\"API_KEY\"]\nkeyboard_token_name = 'KeyboardLayoutSwitcher2'\n");

        assertThat(scan(tree()).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA256 (app_secret.tgz) = {64}\nMD5 (app_secret.tgz) = {32}\nBLAKE2b (api_token.key) = {128}\n",
                "SHA2-256(app_token.tgz)= {64}\n",
                "PODS:\n  - AuthToken (1.0)\n\nSPEC CHECKSUMS:\n  AuthToken: {40}\n  Secret: {40}\n",
                "services:\n  web:\n    api_token_image: registry.example.com/token@sha256:{64}\n",
                "github.com/a/token v1.2.3 h1:f7Q2Zs1xQ9mN0pLr8Tt4Vv6Xx3Yy5Zz7Aa9Bb1Cc2Dd=\n",
                "# yarn lockfile v1\n\nauth-token@^1:\n  api_token \"{40}\"\n",
            })
    void listsOfChecksumsAreKnownByWhatStandsInThemWhateverTheyAreCalled(String form) throws Exception {
        var digits = "3f2a9c5e8b7d1f4a6c0e9b8d7a5f3c1e".repeat(4);
        var text = Pattern.compile("\\{(\\d+)}")
                .matcher(form)
                .replaceAll(length -> digits.substring(0, Integer.parseInt(length.group(1))));
        write(tree(), "notes.txt", text);

        assertThat(scan(tree()).findings()).isEmpty();
    }

    @Test
    void whatIsCalledALockFileAndIsNoneIsSearchedLikeAnyOther() throws Exception {
        write(tree(), "package-lock.json", "{\"api_key\": \"" + "3f2a9c5e8b7d1f4a6c0e9b8d7a5f3c1e" + "\"}\n");
        write(tree(), "go.sum", "a v1.0.0 h1:x=\n# " + made("secret-npm-token") + "\n");

        assertThat(scan(tree()).findings())
                .extracting(Finding::rule)
                .containsExactly("secret-npm-token", "secret-generic");
    }

    @Test
    void anIdWithoutItsSecretIsDoubtedAndWithItIsNot() throws Exception {
        write(tree(), "alone.txt", "id = " + made("secret-aws-access-key"));
        assertThat(scan(tree()).findings()).extracting(Finding::severity).containsExactly(Severity.LOW);

        Files.delete(tree().resolve("alone.txt"));
        write(
                tree(),
                "both.txt",
                "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                        .formatted(made("secret-aws-access-key"), made("secret-aws-secret-key")));

        assertThat(scan(tree()).findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.CRITICAL, Severity.CRITICAL);
    }

    @Test
    void aFileOfSeveralWindowsIsSearchedToItsEnd() throws Exception {
        var line = "just a line of text with some words in it, and nothing else at all\n".repeat(100_000);
        write(tree(), "long.log", line + made("secret-npm-token") + "\n" + line + made("secret-npm-token"));

        assertThat(scan(tree()).findings())
                .extracting(finding -> finding.location().startLine())
                .containsExactly(100_001, 200_002);
    }
}
