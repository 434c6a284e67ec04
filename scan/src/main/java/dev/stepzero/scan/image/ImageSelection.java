package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Which image is meant where there are several: by digest, by tag, or by what it runs on. */
record ImageSelection(Blobs blobs, Platform platform) {
    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String NAME = "io.containerd.image.name";
    /** An index may name an index; more than this many levels nobody makes. */
    private static final int DEEPEST = 4;

    /**
     * The digest by which {@link Manifest#read} knows the image.
     *
     * @param name a digest or a tag; empty if there is only one to choose from, or one for the platform
     */
    Digest digest(String name) {
        var digest = ImageSource.digestIn(name);
        if (digest.isPresent()) {
            return blobs.has(Blobs.nameOf(digest.get())) ? unfolded(digest.get(), 0) : digest.get();
        }
        if (blobs.has("index.json")) {
            var place = blobs.place() + ": index.json";
            var index = Json.read(blobs.document("index.json"), place);
            var all = Json.list(index.path("manifests"), place).stream()
                    .filter(each -> name.isEmpty() || isCalled(each, name))
                    .toList();
            return unfolded(chosen(all, name), 0);
        }
        return saved();
    }

    /** The one of an index's manifests that is for the platform. */
    Digest chosenOf(JsonNode index) {
        return chosen(Json.list(index.path("manifests"), blobs.place()), "");
    }

    private static boolean isCalled(JsonNode descriptor, String name) {
        var annotations = descriptor.path("annotations");
        return annotations.path(TAG).asString("").equals(name)
                || annotations.path(NAME).asString("").equals(name);
    }

    private Digest chosen(List<JsonNode> descriptors, String name) {
        if (descriptors.size() > 1 && descriptors.stream().anyMatch(each -> platform.fits(each.path("platform")))) {
            return Json.digest(
                    descriptors.stream()
                            .filter(each -> platform.fits(each.path("platform")))
                            .findFirst()
                            .orElseThrow(),
                    blobs.place());
        }
        if (descriptors.size() != 1) {
            throw unclear(descriptors, name);
        }
        return Json.digest(descriptors.getFirst(), blobs.place());
    }

    private UserError unclear(List<JsonNode> descriptors, String name) {
        var choices = descriptors.stream()
                .limit(20)
                .map(each -> Printable.of(each.path("annotations").path(TAG).asString("")
                        + each.path("platform").path("os").asString("") + "/"
                        + each.path("platform").path("architecture").asString("") + " "
                        + each.path("digest").asString("?")))
                .collect(Collectors.joining(", "));
        return descriptors.isEmpty()
                ? UserError.unreadable("there is no image" + (name.isEmpty() ? "" : " called " + Printable.of(name)))
                        .at(blobs.place())
                        .fix("name one that is there, or none if there is only one")
                : UserError.unreadable("there are several images, and none is for " + platform)
                        .at(blobs.place())
                        .fix("name one of them, or another --platform: " + choices);
    }

    /** Follows an index to the image for the platform. */
    private Digest unfolded(Digest digest, int depth) {
        var document = Json.read(blobs.document(digest), blobs.place() + ": " + digest);
        if (!document.has("manifests")) {
            return digest;
        }
        if (depth == DEEPEST) {
            throw UserError.unreadable("its indexes name each other more than " + DEEPEST + " levels deep")
                    .at(blobs.place())
                    .fix("no build makes such an index: do not trust this image");
        }
        return unfolded(chosenOf(document), depth + 1);
    }

    /** Of docker save, the image is known by its configuration. */
    private Digest saved() {
        if (!blobs.has("manifest.json")) {
            throw UserError.unreadable("this holds no image: neither index.json nor manifest.json is there")
                    .at(blobs.place())
                    .fix("give an OCI layout directory, an OCI archive or the output of docker save");
        }
        var place = blobs.place() + ": manifest.json";
        var images = Json.list(Json.read(blobs.document("manifest.json"), place), place);
        if (images.size() != 1) {
            throw UserError.unreadable("the archive holds " + images.size() + " images")
                    .at(place)
                    .fix("save the one that is to be scanned");
        }
        return Digest.of(blobs.document(images.getFirst().path("Config").asString("")));
    }
}
