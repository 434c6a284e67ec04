package dev.stepzero.scan.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
    @TempDir
    Path temporary;

    @Test
    void theCredentialsOfTheRegistryAreFound() throws Exception {
        var auth = Base64.getEncoder().encodeToString("robot:a:b".getBytes(StandardCharsets.UTF_8));
        var file = Files.writeString(
                temporary.resolve("config.json"), "{\"auths\":{\"registry.test\":{\"auth\":\"%s\"}}}".formatted(auth));

        assertThat(DockerConfig.find(file, "registry.test")).contains(new Credentials("robot", "a:b"));
        assertThat(DockerConfig.find(file, "other.test")).isEmpty();
        assertThat(DockerConfig.find(temporary.resolve("none"), "registry.test"))
                .isEmpty();
    }

    @Test
    void aDamagedFileIsExplained() throws Exception {
        var file = Files.writeString(temporary.resolve("config.json"), "{\"auths\":");

        assertThatThrownBy(() -> DockerConfig.find(file, "registry.test")).isInstanceOf(UserError.class);
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(new Credentials("robot", "secret").toString()).doesNotContain("secret");
    }
}
