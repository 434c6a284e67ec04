package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts layers and a configuration together to an image in a layout. */
final class ImageAssembly {
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final OciLayout layout;
    private final String architecture;

    ImageAssembly(Path layout, String architecture) {
        this.layout = OciLayout.at(layout);
        this.architecture = architecture;
    }

    BuiltImage assemble(ImageConfig image, List<BuiltLayer> layers, Base base, List<String> notes)
            throws InterruptedException {
        layers.forEach(layer -> layout.add(layer.blob(), layer.file()));
        var config = add(image.config(architecture, layers));
        var content = new ImageManifest(
                config,
                layers.stream()
                        .map(layer -> new ImageManifest.Blob(LAYER, layer.blob(), layer.size()))
                        .toList());
        var manifest = add(image.manifest(config, content.layers()));
        layout.list(manifest.digest(), Optional.of(image.name()));
        return new BuiltImage(
                manifest.digest(),
                config.digest(),
                image.name(),
                content.compressedBytes() + manifest.size(),
                layout.directory(),
                base.packages().stream().map(BuiltImage.Contained::of).toList(),
                base.machine(),
                notes);
    }

    private ImageManifest.Blob add(byte[] json) {
        var digest = Digest.of(json);
        layout.add(digest, json);
        return new ImageManifest.Blob(CONFIG, digest, json.length);
    }
}
