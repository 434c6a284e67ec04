package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageScannerTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private List<Finding> scan(ImageComposer composer) throws InterruptedException {
        return scan(composer, ImagePolicy.defaults());
    }

    private List<Finding> scan(ImageComposer composer, ImagePolicy policy) throws InterruptedException {
        var subject = new Subject.Image("image", directory, composer.layout(directory));
        return new ImageScanner(policy, NOW).scan(subject).findings();
    }

    private List<Finding> scan(LayerTar... layers) throws InterruptedException {
        var composer = new ImageComposer();
        List.of(layers).forEach(composer::gzip);
        return scan(composer);
    }

    private static List<String> brief(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.rule() + " " + finding.location().resource())
                .toList();
    }

    @Test
    void aSoundImageHasNoFindings() throws Exception {
        var findings = scan(new LayerTar()
                .file("etc/passwd", 0644, "root:x:0:0::/:/sbin/nologin\n")
                .directory("tmp", 01777)
                .file("app/run", 0755, "\u007fELF..."));

        assertThat(findings).isEmpty();
    }

    @Test
    void theScannerIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Scanner.class)).extracting(Scanner::name).contains("image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0:0", "00", "+0", "root", "root:app", "toor", ":1000"})
    void anImageThatRunsAsRootIsFound(String user) throws Exception {
        var composer = new ImageComposer()
                .config("User", user)
                .gzip(new LayerTar().file("etc/passwd", 0644, "toor:x:0:0::/:\napp:x:10001:1::/:\n"));

        assertThat(scan(composer)).extracting(Finding::rule).containsExactly("image-user-root");
    }

    @ParameterizedTest
    @CsvSource({"app, number 10001", "ghost, does not know"})
    void aUserWithoutANumberIsFound(String user, String said) throws Exception {
        var composer = new ImageComposer()
                .config("User", user)
                .gzip(new LayerTar().file("etc/passwd", 0644, "app:x:10001:1::/:\n"));

        var findings = scan(composer);

        assertThat(findings).extracting(Finding::rule).containsExactly("image-no-user-id");
        assertThat(findings.getFirst().message()).contains(said);
    }

    @Test
    void theUserIsLookedUpThroughLinksInTheFinalFileSystem() throws Exception {
        var composer = new ImageComposer()
                .config("User", "app")
                .gzip(new LayerTar().file("etc/passwd", 0644, "app:x:10001:1::/:\n"))
                .gzip(new LayerTar().link("etc/passwd", "/usr/lib/passwd"))
                .gzip(new LayerTar().file("usr/lib/passwd", 0644, "app:x:0:0::/:\n"));

        assertThat(scan(composer)).extracting(Finding::rule).containsExactly("image-user-root");
    }

    @Test
    void aSetuidFileIsFoundWithTheLayerThatBroughtIt() throws Exception {
        var findings = scan(
                new LayerTar(), new LayerTar().file("usr/bin/su", 04755, "").file("bin/wall", 02755, ""));

        assertThat(brief(findings))
                .containsExactlyInAnyOrder("image-setuid-file image:/usr/bin/su", "image-setgid-file image:/bin/wall");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.message()).contains("layer 1 (COPY layer 1)"));
    }

    @Test
    void aSetuidFileThatALaterLayerMendsIsFine() throws Exception {
        var findings = scan(
                new LayerTar().file("su", 04755, "").file("mount", 04755, ""),
                new LayerTar().file("su", 0755, "").file(".wh.mount", 0, ""));

        assertThat(findings).isEmpty();
    }

    @Test
    void whatEveryoneMayWriteIsFoundButNotATemporaryDirectory() throws Exception {
        var findings = scan(new LayerTar()
                .directory("tmp", 01777)
                .directory("data", 0777)
                .file("app.conf", 0666, "")
                .link("link", "tmp"));

        assertThat(brief(findings))
                .containsExactlyInAnyOrder("image-world-writable image:/data", "image-world-writable image:/app.conf");
    }

    @Test
    void fileCapabilitiesAreNamed() throws Exception {
        var value = "\u0001\0\0\u0002\0$\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        var findings = scan(new LayerTar().file("bin/ping", 0755, Map.of("SCHILY.xattr.security.capability", value)));

        assertThat(findings).extracting(Finding::rule).containsExactly("image-file-capabilities");
        assertThat(findings.getFirst().message()).contains("cap_net_bind_service, cap_net_raw");
    }

    @Test
    void oneShellWithManyNamesIsOneFinding() throws Exception {
        var findings = scan(new LayerTar()
                .file("bin/busybox", 0755, "\u007fELF...")
                .link("bin/sh", "busybox")
                .hardLink("usr/bin/ash", "bin/busybox")
                .file("usr/share/doc/bash", 0755, "not a program")
                .file("home/zsh", 0644, "\u007fELF..."));

        assertThat(brief(findings))
                .containsExactlyInAnyOrder("image-shell image:/bin/busybox", "image-shell image:/usr/bin/ash");
        assertThat(findings.getFirst().message()).contains("/bin/busybox, /bin/sh");
    }

    @Test
    void aRenamedShellIsFoundByTheLinkThatCallsIt() throws Exception {
        var findings =
                scan(new LayerTar().file("opt/tool", 0755, "\u007fELF...").link("bin/sh", "/opt/tool"));

        assertThat(brief(findings)).containsExactly("image-shell image:/opt/tool");
    }

    @Test
    void anAllowedShellIsNoFinding() throws Exception {
        var composer = new ImageComposer()
                .gzip(new LayerTar().file("bin/dash", 0755, "\u007fELF...").link("bin/sh", "dash"));

        assertThat(scan(composer, new ImagePolicy(1 << 20, Duration.ofDays(7), Set.of("dash"))))
                .isEmpty();
    }

    @Test
    void packageManagersAreFoundAndTheirCronJobsAreNot() throws Exception {
        var findings = scan(new LayerTar()
                .file("usr/bin/apt-get", 0755, "\u007fELF...")
                .file("usr/bin/pip3.12", 0755, "#!/usr/bin/python3\n")
                .file("etc/cron.daily/dpkg", 0755, "#!/bin/sh\n"));

        assertThat(brief(findings))
                .containsExactlyInAnyOrder(
                        "image-package-manager image:/usr/bin/apt-get", "image-package-manager image:/usr/bin/pip3.12");
    }

    @Test
    void anImageOverItsBudgetNamesItsLargestLayer() throws Exception {
        var composer =
                new ImageComposer().gzip(new LayerTar()).plain(new LayerTar().file("big", 0644, new byte[99_999]));

        var findings = scan(composer, new ImagePolicy(10_000, Duration.ofDays(7), Set.of()));

        assertThat(findings).extracting(Finding::rule).containsExactly("image-too-large");
        assertThat(findings.getFirst().message()).contains("layer 1 (COPY layer 1)");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T00:00:00Z, '', ''",
        "2026-11-01T00:00:00Z, '', 20 days ago",
        "1970-01-01T00:00:01Z, 2026-11-01T00:00:00Z, 20 days ago",
        "1970-01-01T00:00:01Z, 2026-11-20T00:00:00+01:00, ''",
        "1970-01-01T00:00:01Z, '', claims to be made at 1970",
        "2099-01-01T00:00:00Z, '', claims to be made at 2099",
        "'', '', does not say",
        "yesterday, '', does not say"
    })
    void theAgeComesFromTheConfigurationOrTheLabelAndIsNeverGuessed(String created, String label, String said)
            throws Exception {
        var composer = new ImageComposer()
                .created(created)
                .config("Labels", Map.of("org.opencontainers.image.created", label))
                .gzip(new LayerTar());

        var findings = scan(composer);

        if (said.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).extracting(Finding::rule).containsExactly("image-too-old");
            assertThat(findings.getFirst().message()).contains(said);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD=hunter22",
                "apiKey='abc-def'",
                "X=AKIA" + "QYLPMN5HHHFPZAM2",
                "DATABASE_URL=postgres://app:s3cret@db/app"
            })
    void aSecretInAVariableIsFoundAndNotShown(String variable) throws Exception {
        var composer = new ImageComposer().config("Env", List.of(variable)).gzip(new LayerTar());

        var findings = scan(composer);

        assertThat(findings).extracting(Finding::rule).containsExactly("image-secret-in-config");
        assertThat(findings.toString()).doesNotContain(variable.substring(variable.indexOf('=') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD_FILE=/run/secrets/db",
                "DB_PASSWORD=/run/secrets/db",
                "DB_PASSWORD=",
                "TOKEN=$TOKEN",
                "TOKEN_TTL=3600",
                "SECRET=changeme",
                "PWD=/app",
                "TOKEN=https://issuer.example/token",
                "GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568",
                "PATH=/usr/bin"
            })
    void whatOnlySoundsLikeASecretIsNone(String variable) throws Exception {
        var composer = new ImageComposer().config("Env", List.of(variable)).gzip(new LayerTar());

        assertThat(scan(composer)).isEmpty();
    }

    @Test
    void secretsInLabelsAndBuildArgumentsAreFound() throws Exception {
        var composer = new ImageComposer()
                .config("Labels", Map.of("deploy.token", "abcdef"))
                .step("|1 NPM_TOKEN=abcdef /bin/sh -c npm ci")
                .gzip(new LayerTar());

        assertThat(brief(scan(composer)))
                .containsExactlyInAnyOrder(
                        "image-secret-in-config image:config/label/deploy.token",
                        "image-secret-in-config image:config/history/NPM_TOKEN");
    }

    @Test
    void aHostileNumberOfFindingsIsSummed() throws Exception {
        var layer = new LayerTar();
        for (int i = 0; i < 1500; i++) {
            layer.file("f" + i, 04755, "");
        }

        var findings = scan(layer);

        assertThat(findings).hasSize(1001);
        assertThat(findings.getLast().message()).contains("500 more");
    }

    @Test
    void aHostileNameIsPrintedHarmlessly() throws Exception {
        var findings = scan(new LayerTar().file("evil\u001b[2J\nname", 04755, ""));

        assertThat(findings.getFirst().location().resource()).isEqualTo("image:/evil\\u001b[2J\\u000aname");
    }

    @Test
    void fingerprintsSurviveAnotherLayerBelow() throws Exception {
        var before = scan(new LayerTar().file("su", 04755, ""));
        var after = scan(
                new LayerTar().file("other", 0644, "x".getBytes(StandardCharsets.UTF_8)),
                new LayerTar().file("su", 04755, ""));

        assertThat(after.getFirst().fingerprint()).isEqualTo(before.getFirst().fingerprint());
    }
}
