package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What Buildah makes, in every form in which it stores it. */
class RealImageTest {
    private static final String NAME =
            "localhost/stepzero-scan-test:" + ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @BeforeEach
    void build() throws Exception {
        var there = Files.isExecutable(Path.of("/usr/bin/buildah"));
        if (!"1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            assumeTrue(there, "buildah is not installed");
        }
        var context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("passwd"), "root:x:0:0::/:\napp:x:10001:10001::/:\n");
        Files.copy(Path.of("/bin/su"), context.resolve("su"));
        Files.writeString(context.resolve(".npmrc"), "//registry.npmjs.org/:_authToken=npm_abc");
        Files.writeString(context.resolve("Containerfile"), """
                FROM scratch
                COPY passwd /etc/passwd
                COPY --chmod=4755 su /bin/su
                COPY .npmrc /app/.npmrc
                USER app
                """);
        run("buildah", "bud", "--layers", "-q", "-t", NAME, context.toString());
    }

    @AfterEach
    void remove() throws Exception {
        if (Files.exists(directory.resolve("context"))) {
            run("buildah", "rmi", NAME);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private List<String> scan(Path image, Digest digest) throws InterruptedException {
        return new ImageScanner()
                .scan(new Subject.Image("real", image, digest)).findings().stream()
                        .map(Finding::rule)
                        .sorted()
                        .toList();
    }

    @Test
    void itsFaultsAreFoundInEveryFormOfStorage() throws Exception {
        var layout = directory.resolve("layout");
        var archive = directory.resolve("oci.tar");
        var saved = directory.resolve("docker.tar");

        run("buildah", "push", NAME, "oci:" + layout + ":x");
        run("buildah", "push", NAME, "oci-archive:" + archive);
        run("buildah", "push", NAME, "docker-archive:" + saved);

        var expected =
                List.of("image-credential-file", "image-no-healthcheck", "image-no-user-id", "image-setuid-file");
        var digest = manifest(layout);
        assertThat(scan(layout, digest)).isEqualTo(expected);
        assertThat(scan(archive, digest)).isEqualTo(expected);
        assertThat(scan(saved, imageId(saved))).isEqualTo(expected);
    }

    private static Digest manifest(Path layout) throws IOException {
        var index = JsonMapper.builder().build().readTree(Files.readAllBytes(layout.resolve("index.json")));
        return Digest.parse(index.path("manifests").path(0).path("digest").asString());
    }

    private static Digest imageId(Path saved) throws Exception {
        var process = new ProcessBuilder("tar", "tf", saved.toString()).start();
        var names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return names.lines()
                .filter(name -> name.endsWith(".json") && !name.equals("manifest.json"))
                .map(name -> Digest.parse(name.replace(".json", "")))
                .findFirst()
                .orElseThrow();
    }
}
