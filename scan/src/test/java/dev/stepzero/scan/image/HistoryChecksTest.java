package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Subject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4 of the CIS Docker Benchmark, as far as the history tells. */
class HistoryChecksTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private List<Finding> scan(ImageComposer image) throws InterruptedException {
        var subject = new Subject.Image("image", directory, image.layout(directory));
        return new ImageScanner(ImagePolicy.defaults(), NOW).scan(subject).findings();
    }

    private static ImageComposer image() {
        return new ImageComposer().gzip(new LayerTar().file("app", 0644, "x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RUN /bin/sh -c apt-get update # buildkit | image-update-alone
            /bin/sh -c apk update | image-update-alone
            /bin/sh -c dnf -y makecache | image-update-alone
            /bin/sh -c #(nop) ADD file:0123456789 in /etc/app.conf | image-add-instruction
            ADD https://example.com/tool.tar.gz /opt/ # buildkit | image-add-instruction
            RUN /bin/sh -c apt-get install -y --allow-unauthenticated x | image-unverified-package
            RUN /bin/sh -c curl -fsSLk https://example.com/x -o /x | image-unverified-package
            RUN /bin/sh -c pip install --trusted-host pypi.test x | image-unverified-package
            RUN /bin/sh -c apk add --allow-untrusted x.apk | image-unverified-package
            """)
    void aBadInstructionIsFound(String instruction, String rule) throws Exception {
        assertThat(scan(image().step(instruction))).extracting(Finding::rule).containsExactly(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl # buildkit",
                "RUN /bin/sh -c apk add --no-cache curl",
                "RUN /bin/sh -c apk update && apk upgrade",
                "COPY add.txt /etc/ # buildkit",
                "RUN /bin/sh -c curl -fsSL https://example.com/k -o /k",
                "CMD [\"update\"]"
            })
    void aGoodInstructionIsLeftAlone(String instruction) throws Exception {
        assertThat(scan(image().step(instruction))).isEmpty();
    }

    @Test
    void whatABaseBeginsWithIsAdded() throws Exception {
        var image = new ImageComposer()
                .step("/bin/sh -c #(nop) ADD file:0123456789 in / ")
                .gzip(new LayerTar().file("app", 0644, "x"));

        assertThat(scan(image)).isEmpty();
    }

    @Test
    void anImageOfADockerfileWithoutAHealthcheckIsFound() throws Exception {
        assertThat(scan(image().config("Healthcheck", Map.of("Test", List.of("NONE")))))
                .extracting(Finding::rule)
                .containsExactly("image-no-healthcheck");
    }

    @Test
    void anInstructionIsShownWithoutItsSecrets() throws Exception {
        var findings = scan(image().step("RUN TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyz apt-get update"));

        assertThat(findings).extracting(Finding::rule).contains("image-update-alone", "image-secret-in-config");
        assertThat(findings).extracting(Finding::message).noneMatch(message -> message.contains("ghp_"));
    }

    @Test
    void theInstructionThatMadeALayerIsShownWithoutItsSecrets() throws Exception {
        var token = "ghp_" + "Zk3vQ9tW7xLm2RbN5cHy8JdPf4Gs6A" + "3S2ViW";
        var layer = new LayerTar().file("app/id", 0600, "-----BEGIN PRIVATE KEY-----\n" + "MIIE".repeat(99));
        var image = new ImageComposer().gzip(layer, "RUN curl -H \"Authorization: token " + token + "\" https://x");

        var findings = scan(image);

        assertThat(findings).extracting(Finding::message).anyMatch(message -> message.contains("RUN curl"));
        assertThat(findings).extracting(Finding::message).noneMatch(message -> message.contains(token));
        assertThat(findings)
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("build instruction 1 holds"));
    }

    @Test
    void aBaseIsNamedAndComparedWhereItLiesBesideTheImage() throws Exception {
        var below = new LayerTar().file("base", 0644, "x").bytes();
        var base = new ImageComposer().gzip(below).layout(directory);
        var labels = Map.of(
                "org.opencontainers.image.base.name",
                "docker.io/library/debian:12",
                "org.opencontainers.image.base.digest",
                base.toString());

        var honest = new ImageComposer()
                .gzip(below)
                .gzip(new LayerTar().file("a", 0644, "x"))
                .config("Labels", labels);
        var image = OciImage.open(directory, honest.layout(directory));
        var scan = new ImageScanner(ImagePolicy.defaults(), NOW).scan(image, (entry, content) -> {});

        assertThat(scan.base()).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo("docker.io/library/debian:12");
            assertThat(found.digest()).contains(base);
            assertThat(found.layers()).isEqualTo(1);
        });
        assertThat(scan(image().config("Labels", labels)))
                .extracting(Finding::rule)
                .containsExactly("image-base-differs");
    }
}
