package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OciLayoutTest {
    @TempDir
    Path directory;

    @Test
    void anImageIsListedUnderItsName() throws Exception {
        var layout = OciLayout.at(directory);
        var image = manifest(layout, 1);

        layout.list(image, Optional.of("invoicer:1"));

        assertThat(directory.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(index()).singleElement().satisfies(entry -> {
            assertThat(entry.path("digest").asString()).isEqualTo(image.toString());
            assertThat(entry.path("annotations")
                            .path("org.opencontainers.image.ref.name")
                            .asString())
                    .isEqualTo("invoicer:1");
        });
    }

    @Test
    void aNameMovesToTheNewImage() throws Exception {
        var layout = OciLayout.at(directory);
        layout.list(manifest(layout, 1), Optional.of("invoicer:1"));

        layout.list(manifest(layout, 2), Optional.of("invoicer:1"));

        assertThat(index())
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("digest").asString())
                        .isEqualTo(manifest(layout, 2).toString()));
    }

    @Test
    void listingAnImageAgainChangesNothing() throws Exception {
        var layout = OciLayout.at(directory);
        layout.list(manifest(layout, 1), Optional.of("invoicer:1"));

        layout.list(manifest(layout, 1), Optional.of("invoicer:1"));
        layout.list(manifest(layout, 1), Optional.empty());

        assertThat(index()).singleElement().asString().contains("invoicer:1");
    }

    @Test
    void imagesThatAreAddedAtOnceAreAllThere() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 40; i++) {
                var number = i;
                tasks.add(() -> {
                    var layout = OciLayout.at(directory);
                    layout.list(manifest(layout, number), Optional.of("image:" + number));
                    return true;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(index()).hasSize(40);
    }

    @Test
    void aBlobWithAnotherDigestIsNotAdded() {
        var layout = OciLayout.at(directory);
        var digest = Digest.of(new byte[] {1});

        assertThatThrownBy(() -> layout.add(digest, new ByteArrayInputStream(new byte[] {2})))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("damaged");

        assertThat(layout.has(digest)).isFalse();
        assertThat(directory.resolve("blobs/sha256")).isEmptyDirectory();
    }

    @Test
    void aDamagedManifestIsRefused() throws Exception {
        var layout = OciLayout.at(directory);
        var image = manifest(layout, 1);
        Files.writeString(layout.blob(image), "{}");

        assertThatThrownBy(() -> layout.manifest(image))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("damaged");
    }

    private static Digest manifest(OciLayout layout, int number) {
        var json = "{\"layers\":[],\"number\":%d}".formatted(number).getBytes(StandardCharsets.UTF_8);
        layout.add(Digest.of(json), json);
        return Digest.of(json);
    }

    private Iterable<JsonNode> index() throws Exception {
        return JsonMapper.shared()
                .readTree(Files.readString(directory.resolve("index.json")))
                .path("manifests");
    }
}
