package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.Attachments;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.evidence.PendingStatements.Pending;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.publish.ImagePlaces;
import dev.stepzero.ship.publish.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts an environment's statements beside an image everywhere it lies: in the layout on disk and in each repository to
 * which it was pushed. A place that fails fails nothing else: what it did not take waits, and goes along with the next
 * statement that is put there. Whoever calls has the right to run in the environment, so that no two processes put the
 * statements of the same key in different order.
 */
public final class StatementPublisher {
    private static final int MOST_AT_ONCE = 50;
    private static final String LAYOUT = "";

    private final Path layout;
    private final ImagePlaces places;
    private final PendingStatements pending;
    private final String signer;
    private final List<String> signers;
    private final Map<String, String> environment;
    private final boolean nowhere;

    /**
     * A publisher.
     *
     * @param layout the registry on disk, which has the images
     * @param keys those of the environment
     * @param environment the process's variables, with credentials
     */
    public StatementPublisher(
            Path layout, ImagePlaces places, PendingStatements pending, KeyRing keys, Map<String, String> environment)
            throws InterruptedException {
        this.layout = layout;
        this.places = places;
        this.pending = pending;
        this.signer = keys.signing().verification().id();
        this.signers = keys.keys().stream().map(each -> each.key().id()).toList();
        this.environment = Map.copyOf(environment);
        this.nowhere = false;
    }

    private StatementPublisher(StatementPublisher like) {
        this.layout = like.layout;
        this.places = like.places;
        this.pending = like.pending;
        this.signer = like.signer;
        this.signers = like.signers;
        this.environment = like.environment;
        this.nowhere = true;
    }

    /** One that puts nothing anywhere, for runs that may not publish: not even where the same image lies already. */
    public StatementPublisher silent() {
        return new StatementPublisher(this);
    }

    /** Takes down what is to be put beside the image, so that it is not forgotten if this process ends. */
    public void announce(Digest image, List<SignedEvidence> statements) {
        for (var place : placesOf(image)) {
            statements.forEach(each -> pending.add(place, image, each, signer));
        }
    }

    /**
     * Puts what was announced where the image lies, with all that waited for the same places.
     *
     * @return what did not work, a sentence each
     */
    public List<String> publish(Digest image) throws InterruptedException {
        var failures = new ArrayList<String>();
        for (var place : placesOf(image)) {
            try {
                publishTo(place);
            } catch (UserError e) {
                failures.add("what was attested does not lie beside the image in %s yet: %s; the next ship tries again"
                        .formatted(place.equals(LAYOUT) ? layout : place, e.what()));
            }
        }
        return failures;
    }

    private Set<String> placesOf(Digest image) {
        if (nowhere) {
            return Set.of();
        }
        var all = new LinkedHashSet<String>();
        all.add(LAYOUT);
        places.of(image).forEach(each -> all.add(each.toString()));
        return all;
    }

    private void publishTo(String place) throws InterruptedException {
        var together = new LinkedHashMap<Bundle, List<Pending>>();
        for (var each : pending.of(place, signers, MOST_AT_ONCE)) {
            together.computeIfAbsent(new Bundle(each.image(), each.signer()), key -> new ArrayList<>())
                    .add(each);
        }
        var attachments = new Attachments(store(place));
        var local = OciLayout.at(layout);
        for (var bundle : together.entrySet()) {
            var image = bundle.getKey().image();
            if (local.has(image)) {
                var evidence = bundle.getValue().stream().map(Pending::evidence).toList();
                attachments.attach(
                        local.manifest(image), evidence, bundle.getKey().signer());
            }
            bundle.getValue().forEach(pending::placed);
        }
    }

    /** What can be attached at once. */
    private record Bundle(Digest image, String signer) {}

    private ArtifactStore store(String place) {
        if (place.equals(LAYOUT)) {
            return OciLayout.at(layout);
        }
        var reference = Reference.parse(place);
        return Registry.of(reference, Publisher.credentials(environment, reference))
                .writing();
    }
}
