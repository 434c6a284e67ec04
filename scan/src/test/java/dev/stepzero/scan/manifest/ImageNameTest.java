package dev.stepzero.scan.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageNameTest {
    @Test
    void aNameWithoutHostHasNoRegistry() {
        var name = ImageName.of("library/nginx:1.27");

        assertThat(name).isEqualTo(new ImageName("", "library/nginx", Optional.of("1.27"), Optional.empty()));
    }

    @Test
    void aPortOfTheRegistryIsNoTag() {
        var name = ImageName.of("localhost:5000/team/app");

        assertThat(name).isEqualTo(new ImageName("localhost:5000", "team/app", Optional.empty(), Optional.empty()));
    }

    @Test
    void aDigestStandsBesideATag() {
        var name = ImageName.of("ghcr.io/team/app:v1@sha256:abc");

        assertThat(name).isEqualTo(new ImageName("ghcr.io", "team/app", Optional.of("v1"), Optional.of("sha256:abc")));
    }
}
