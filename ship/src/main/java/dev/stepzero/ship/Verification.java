package dev.stepzero.ship;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.evidence.Admission;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.evidence.Passport;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.image.ImageManifest;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.publish.Registry;
import dev.stepzero.ship.steps.Publisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies images where they lie, by public keys alone: no database, no transparency log and no other service is asked. */
public final class Verification {
    private static final int LARGEST_KEY = 16_384;

    private final Map<String, String> environment;
    private final Admission admission;

    private Verification(Map<String, String> environment, Admission admission) {
        this.environment = Map.copyOf(environment);
        this.admission = admission;
    }

    /**
     * A verification.
     *
     * @param keys files with a public key each; none: every key that this installation trusts
     * @throws UserError if a file holds no key, or if there is none at all
     */
    public static Verification with(
            Map<String, String> environment, List<Path> keys, AdmissionPolicy policy, Clock clock)
            throws InterruptedException {
        var trusted = new ArrayList<TrustedKey>();
        for (var file : keys) {
            trusted.add(TrustedKey.of(read(file)));
        }
        if (keys.isEmpty()) {
            trusted.addAll(new KeyRings(Home.of(environment).keys(), clock).trusted());
        }
        if (trusted.isEmpty()) {
            throw UserError.usage("this installation has no keys yet")
                    .fix("name the public key of who signed the image: --key FILE");
        }
        return new Verification(environment, new Admission(policy, trusted, clock));
    }

    private static VerificationKey read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return VerificationKey.ofPem(
                    new String(in.readNBytes(LARGEST_KEY), java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw UserError.unreadable("the key cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        } catch (UserError e) {
            throw e.at(file.toString());
        }
    }

    /**
     * Verifies an image in a registry ({@code host/name@sha256:...} or {@code host/name:tag}) or in an OCI layout
     * ({@code DIRECTORY}, {@code DIRECTORY@sha256:...} or {@code DIRECTORY@name}).
     *
     * @return empty if the text names neither
     * @throws UserError with status 1 if it does not verify
     */
    public Optional<Verified> verify(String image) throws InterruptedException {
        var at = image.lastIndexOf('@');
        var place = at < 0 ? image : image.substring(0, at);
        var name = at < 0 ? "" : image.substring(at + 1);
        if (isLayout(place)) {
            var layout = OciLayout.at(Path.of(place));
            return Optional.of(new Verified(verify(layout, listed(layout, name)), List.of()));
        }
        if (!place.contains("/")) {
            return Optional.empty();
        }
        var tag = at < 0 ? tag(place) : "";
        var reference = Reference.parse(tag.isEmpty() ? place : place.substring(0, place.lastIndexOf(':')));
        var registry = Registry.of(reference, Publisher.credentials(environment, reference))
                .reading();
        var digest = at < 0 ? resolved(registry, tag.isEmpty() ? "latest" : tag) : Digest.parse(name);
        return Optional.of(new Verified(verify(registry, digest), List.of()));
    }

    Passport verify(ArtifactStore store, Digest image) throws InterruptedException {
        ImageManifest.parse(store.manifest(image));
        return admission.admit(EvidenceReader.read(store, image));
    }

    private static boolean isLayout(String place) {
        try {
            return OciLayout.isAt(Path.of(place));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String tag(String place) {
        var colon = place.lastIndexOf(':');
        return colon > place.lastIndexOf('/') ? place.substring(colon + 1) : "";
    }

    private static Digest resolved(ArtifactStore registry, String tag) throws InterruptedException {
        return registry.tagged(tag)
                .map(Digest::of)
                .orElseThrow(() -> UserError.unreadable("there is no tag " + tag)
                        .at(registry.place())
                        .fix("name the image by its digest: HOST/NAME@sha256:..."));
    }

    private static Digest listed(OciLayout layout, String name) {
        if (name.matches("sha256:[0-9a-f]{64}")) {
            return Digest.parse(name);
        }
        var found = layout.images().entrySet().stream()
                .filter(each -> name.isEmpty()
                        || each.getValue().equals(name)
                        || (name.startsWith("sha256:")
                                && each.getKey().toString().startsWith(name)))
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw UserError.usage("the layout lists %d such images".formatted(found.size()))
                .at(layout.place())
                .fix("name one: %s@sha256:... or %s@NAME".formatted(layout.place(), layout.place()));
    }
}
