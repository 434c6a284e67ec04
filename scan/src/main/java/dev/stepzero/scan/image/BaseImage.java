package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.List;
import java.util.Optional;

/**
 * The image that another was built on, as labels or annotations name it (OCI image specification, annotations.md).
 *
 * @param name its reference; empty where only the digest is known
 * @param digest its manifest's; empty where only the name is known
 * @param layers how many of the lower layers are its own, where it lies beside the image and was compared; else 0
 */
public record BaseImage(String name, Optional<Digest> digest, int layers) {
    private static final String NAME = "org.opencontainers.image.base.name";
    private static final String DIGEST = "org.opencontainers.image.base.digest";

    static Optional<BaseImage> of(OciImage image, Report report) {
        var name = said(image, NAME);
        var digest = said(image, DIGEST);
        if (name.isEmpty() && digest.isEmpty()) {
            return Optional.empty();
        }
        var known = digest.startsWith("sha256:") ? digest(digest) : Optional.<Digest>empty();
        int shared = known.flatMap(image::layersOf)
                .map(base -> compared(base, image, report))
                .orElse(0);
        return Optional.of(new BaseImage(Printable.of(name), known, shared));
    }

    private static String said(OciImage image, String key) {
        return image.annotations().getOrDefault(key, image.config().labels().getOrDefault(key, ""));
    }

    private static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private static int compared(List<Digest> base, OciImage image, Report report) {
        var own = image.layers().stream().map(Layer::digest).toList();
        if (base.size() <= own.size() && own.subList(0, base.size()).equals(base)) {
            return base.size();
        }
        report.add(
                ImageRules.FALSE_BASE,
                "base",
                "its lower layers are not the " + base.size() + " layers of the base that it names",
                "differs");
        return 0;
    }
}
