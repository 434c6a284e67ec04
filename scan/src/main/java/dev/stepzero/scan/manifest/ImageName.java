package dev.stepzero.scan.manifest;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an image's name, as <a href="https://github.com/distribution/reference">distribution/reference</a> tells
 * them apart.
 *
 * @param registry the host, empty where none is named
 * @param repository the rest of the name, without tag and digest
 */
public record ImageName(String registry, String repository, Optional<String> tag, Optional<String> digest) {
    public static ImageName of(String name) {
        int at = name.indexOf('@');
        var digest = at < 0 ? Optional.<String>empty() : Optional.of(name.substring(at + 1));
        var rest = at < 0 ? name : name.substring(0, at);
        int colon = rest.lastIndexOf(':');
        boolean tagged = colon > rest.lastIndexOf('/');
        var tag = tagged ? Optional.of(rest.substring(colon + 1)) : Optional.<String>empty();
        rest = tagged ? rest.substring(0, colon) : rest;
        int slash = rest.indexOf('/');
        var first = slash < 0 ? "" : rest.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return new ImageName(host ? first : "", host ? rest.substring(slash + 1) : rest, tag, digest);
    }

    /**
     * Writes what an {@code image} attribute says beside it, as {@code image_registry}, {@code image_repository}, {@code
     * image_tag} and {@code image_digest}; what a name leaves out stays unset.
     */
    public static void spread(@Nullable Located image, Map<String, Located> attributes) {
        if (image == null) {
            return;
        }
        if (image.value() instanceof Unknown unknown) {
            var part = new Located(unknown(unknown), image.position());
            for (var name : new String[] {"image_registry", "image_repository", "image_tag", "image_digest"}) {
                attributes.put(name, part);
            }
            return;
        }
        var text = Look.text(image.value()).filter(name -> !name.isBlank());
        if (text.isPresent()) {
            ImageName.of(text.get().strip()).write(image.position(), attributes);
        }
    }

    private static Unknown unknown(Unknown image) {
        return Unknown.because(image.chain());
    }

    private void write(Position position, Map<String, Located> attributes) {
        attributes.put("image_registry", new Located(Value.of(registry), position));
        attributes.put("image_repository", new Located(Value.of(repository), position));
        tag.ifPresent(text -> attributes.put("image_tag", new Located(Value.of(text), position)));
        digest.ifPresent(text -> attributes.put("image_digest", new Located(Value.of(text), position)));
    }
}
