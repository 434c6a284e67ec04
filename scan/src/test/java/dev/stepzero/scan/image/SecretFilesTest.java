package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Subject;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.rules.secrets.Specimen;
import dev.stepzero.scan.secrets.SecretLook;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFilesTest {
    @TempDir
    Path directory;

    private List<Finding> scan(LayerTar... layers) throws InterruptedException {
        var composer = new ImageComposer();
        List.of(layers).forEach(composer::gzip);
        var subject = new Subject.Image("image", directory, composer.layout(directory));
        var clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
        return new ImageScanner(ImagePolicy.defaults(), clock).scan(subject).findings();
    }

    private static byte[] pkcs8() throws Exception {
        return KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    }

    private static String pem(String kind) throws Exception {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8()) + "\n-----END " + kind
                + "-----\n";
    }

    private static String openSsh(String cipher) {
        var bytes = ("openssh-key-v1\0\0\0\0\4" + cipher + "\0\0\0\4none" + "k".repeat(99))
                .getBytes(StandardCharsets.ISO_8859_1);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void aKeyIsFoundByItsContentWhateverItsName() throws Exception {
        var findings = scan(new LayerTar()
                .file("a.txt", 0600, pem("PRIVATE KEY"))
                .file("etc/ssh/ssh_host_ed25519_key", 0600, openSsh("none"))
                .file(
                        "old",
                        0600,
                        pem("RSA PRIVATE KEY").replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n"))
                .file(
                        "account.json",
                        0600,
                        "{\"private_key\": \"" + pem("PRIVATE KEY").replace("\n", "\\n") + "\"}")
                .file("raw.der", 0600, pkcs8()));

        assertThat(findings).hasSize(5).allMatch(finding -> finding.rule().equals("image-private-key"));
        assertThat(findings)
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("an unprotected OpenSSH private key"))
                .anyMatch(message -> message.startsWith("an encrypted RSA private key"))
                .anyMatch(message -> message.startsWith("a PKCS #8 EC private key"));
    }

    @Test
    void aKeyThatALaterLayerDeletesIsStillInTheImage() throws Exception {
        var findings = scan(
                new LayerTar().file("build/id", 0600, pem("PRIVATE KEY")), new LayerTar().file("build/.wh.id", 0, ""));

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().message())
                .contains("from layer 0 (COPY layer 0)")
                .contains("hidden by layer 1 (COPY layer 1), yet still in the image");
    }

    @Test
    void aKeyIsFoundAnywhereInALargeFile() throws Exception {
        var key = pem("PRIVATE KEY").getBytes(StandardCharsets.US_ASCII);
        for (int offset : new int[] {0, (1 << 20) - 40, (1 << 20) + 5, (1 << 20) + (256 << 10) - 7, 2_000_000}) {
            var content = new byte[2_500_000];
            new Random(offset).nextBytes(content);
            System.arraycopy(key, 0, content, offset, key.length);

            assertThat(scan(new LayerTar().file("blob", 0600, content)))
                    .as("offset " + offset)
                    .hasSize(1);
        }
    }

    @Test
    void aTokenIsFoundAnywhereInALargeText() throws Exception {
        var rule = SecretRulebook.builtIn().rule("secret-npm-token").orElseThrow();
        var token = Specimen.of(rule, new SplittableRandom(3));
        var line = "nothing but words are in this line\n";

        for (int before : new int[] {0, 40_000, 90_000}) {
            var text = line.repeat(before) + "x = " + token + "\n" + line.repeat(90_000 - before);
            assertThat(scan(new LayerTar().file("log", 0600, text)))
                    .as("after " + before)
                    .extracting(Finding::rule)
                    .containsExactly("image-credential-file");
        }
    }

    @Test
    void certificatesAndProgramsThatReadKeysAreNoKeys() throws Exception {
        var findings = scan(new LayerTar()
                .file("etc/ssl/ca.pem", 0644, pem("CERTIFICATE"))
                .file("etc/public.pem", 0644, pem("PUBLIC KEY"))
                .file(
                        "lib/libcrypto.so",
                        0644,
                        "-----BEGIN PRIVATE KEY-----\0-----END PRIVATE KEY-----\0RSA PRIVATE KEY")
                .file("usr/bin/ssh", 0755, "\u007fELF -----BEGIN OPENSSH PRIVATE KEY-----\n\0" + "A".repeat(99))
                .file("README", 0644, "-----BEGIN PRIVATE KEY-----\n" + "x".repeat(64)));

        assertThat(findings).isEmpty();
    }

    @Test
    void theTrustStoreOfTheJdkIsNoKey() throws Exception {
        var trusted = Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib/security/cacerts"));

        assertThat(scan(new LayerTar()
                        .file("cacerts", 0644, trusted)
                        .file("trust.jks", 0644, trusted)
                        .file("t.p12", 0644, trusted)))
                .isEmpty();
    }

    @Test
    void aKeyStoreWithAKeyIsFoundWithoutItsPassword() throws Exception {
        for (var type : List.of("pkcs12", "jks")) {
            var store = directory.resolve("store." + type);
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=x",
                            "-storepass",
                            "changeit",
                            "-keypass",
                            "changeit",
                            "-storetype",
                            type,
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            assertThat(keytool.waitFor()).isZero();

            var findings = scan(new LayerTar().file("app/keystore.jks", 0644, Files.readAllBytes(store)));

            assertThat(findings).as(type).hasSize(1);
            assertThat(findings.getFirst().message()).contains("'server'");
        }
    }

    @Test
    void keysInsideAJarAreTheLibrarysOwnFixtures() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry("test/key.pem"));
            jar.write(pem("PRIVATE KEY").getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(scan(new LayerTar().file("app/lib.jar", 0644, bytes.toByteArray())))
                .isEmpty();
    }

    @Test
    void theSelfTestKeysOfALibraryAreNoSecretsButThoseInAProgramAre() throws Exception {
        var findings = scan(new LayerTar()
                .file("lib/libtls.so.30", 0644, "\u007fELF" + pem("PRIVATE KEY"))
                .file("lib/libtls.a", 0644, "!<arch>\n" + pem("PRIVATE KEY"))
                .file("app/server", 0755, "\u007fELF" + pem("PRIVATE KEY")));

        assertThat(findings)
                .extracting(finding -> finding.location().resource())
                .containsExactly("image:/app/server");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "root/.netrc, `machine x login y password z`",
                "app/.npmrc, `//registry.npmjs.org/:_authToken=npm_x`",
                "root/.pypirc, `password: x`",
                "root/.docker/config.json, `{\"auths\":{\"r\":{\"auth\":\"eHg=\"}}}`",
                "root/.aws/credentials, `aws_secret_access_key = x`",
                "root/.git-credentials, `https://me:pw@github.com`",
                "app/.env, `API_TOKEN=abcdef`",
                "app/.env.production, `export DB_PASSWORD=abcdef`",
                "root/.kube/config, `    client-key-data: eHg=`",
                "app/terraform.tfstate, `{\"terraform_version\": \"1.9\"}`",
                "root/.pgpass, `db:5432:*:me:pw`"
            })
    void aFileWithCredentialsIsFound(String path, String content) throws Exception {
        assertThat(scan(new LayerTar().file(path, 0600, content)))
                .extracting(Finding::rule)
                .containsExactly("image-credential-file");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "app/.npmrc, `//registry.npmjs.org/:_authToken=${NPM_TOKEN}`",
                "app/.npmrc, `registry=https://registry.npmjs.org`",
                "root/.docker/config.json, `{\"auths\":{\"r\":{\"auth\":\"\"}}}`",
                "app/.env.example, `API_TOKEN=`",
                "app/.env, `LOG_LEVEL=debug`",
                "app/env, `API_TOKEN=abcdef`"
            })
    void aFileWithoutCredentialsIsFine(String path, String content) throws Exception {
        assertThat(scan(new LayerTar().file(path, 0600, content))).isEmpty();
    }

    @Test
    void hostileTextIsJudgedInReasonableTime() throws Exception {
        var spaces = "\n".repeat(500_000) + " ".repeat(400_000);
        var marks = "-----BEGIN PRIVATE KEY-----\n".repeat(35_000);
        var layer = new LayerTar().file("marks", 0600, marks);
        for (var path :
                List.of("root/.netrc", "a/.npmrc", "a/.pypirc", "a/.env", "root/.kube/config", "a/.git-credentials")) {
            layer.file(path, 0600, spaces + "://".repeat(30_000));
        }

        assertThat(scan(layer)).isEmpty();
    }

    @Test
    void theSearchFindsAMarkAtEveryPlace() throws Exception {
        var key = pem("PRIVATE KEY");
        var search = new SecretLook();

        for (int before = 0; before < 50; before++) {
            var text = ("x".repeat(before) + key).getBytes(StandardCharsets.US_ASCII);
            assertThat(search.key(text, text.length)).isPresent();
        }
        assertThat(search.key(new byte[5], 5)).isEmpty();
    }
}
