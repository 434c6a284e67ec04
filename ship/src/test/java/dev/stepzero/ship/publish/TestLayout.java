package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.image.OciLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A layout with an image of one layer. */
record TestLayout(OciLayout layout, Digest image, Digest layer) {

    static TestLayout make(Path directory, int layerBytes) {
        var layout = OciLayout.at(directory);
        var content = new byte[layerBytes];
        new Random(1).nextBytes(content);
        var config = "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
        var manifest = """
                {"schemaVersion":2, "mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}
                """.formatted(Digest.of(config), config.length, Digest.of(content), content.length)
                .getBytes(StandardCharsets.UTF_8);
        layout.add(Digest.of(content), content);
        layout.add(Digest.of(config), config);
        layout.add(Digest.of(manifest), manifest);
        return new TestLayout(layout, Digest.of(manifest), Digest.of(content));
    }
}
