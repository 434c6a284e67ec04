package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.image.ArtifactStore;
import dev.stepzero.ship.image.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Puts evidence beside an image, in the two ways in which others look for it: as artifacts that refer to the image, and
 * under cosign's tags. Doing so again changes nothing.
 */
public final class Attachments {
    private final ArtifactStore store;

    public Attachments(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Attaches a signature and all evidence.
     *
     * @param image the image's manifest, which the store has
     * @param signer who made the signature and the evidence
     */
    public void attach(byte[] image, ImageSignature signature, List<SignedEvidence> evidence, VerificationKey signer)
            throws InterruptedException {
        var work = attaching(image, evidence, signer.id());
        var tag = tag(Digest.of(image)) + ".sig";
        work.add(() -> update(tag, now -> CosignManifest.signed(now, signature, signer)));
        together(work);
    }

    /**
     * Attaches evidence alone: to an image that is signed already, or that nobody should sign.
     *
     * @param image the image's manifest
     * @param signer the id of the key that signed the evidence
     */
    public void attach(byte[] image, List<SignedEvidence> evidence, String signer) throws InterruptedException {
        together(attaching(image, evidence, signer));
    }

    private List<Callable<Boolean>> attaching(byte[] image, List<SignedEvidence> evidence, String signer)
            throws InterruptedException {
        var tag = tag(Digest.of(image));
        var about = "" + Digest.of(image);
        var attested =
                evidence.stream().filter(each -> each.subject().equals(about)).toList();
        var referrers =
                evidence.stream().map(each -> Referrer.of(image, each, signer)).toList();
        store.put(Referrer.EMPTY);
        var work = new ArrayList<Callable<Boolean>>();
        work.add(() -> refer(tag, referrers));
        if (!attested.isEmpty()) {
            work.add(() -> update(tag + ".att", now -> CosignManifest.attested(now, attested, signer)));
        }
        return work;
    }

    /** The tag that is made of a digest: distribution specification 1.1 and cosign alike. */
    static String tag(Digest image) {
        return "sha256-" + image.hex();
    }

    private boolean update(String tag, ArtifactStore.Change change) throws InterruptedException {
        store.update(tag, ImageManifest.MEDIA_TYPE, change);
        return true;
    }

    private boolean refer(String tag, List<Referrer> referrers) throws InterruptedException {
        var listed = together(referrers.stream()
                .<Callable<Boolean>>map(each -> () -> {
                    store.put(each.envelope());
                    return store.refer(each.manifest());
                })
                .toList());
        if (!listed.allMatch(known -> known)) {
            store.update(tag, Referrer.INDEX, now -> Referrer.listed(now, referrers));
        }
        return true;
    }

    /** Does all at once: a registry is far away. */
    private static Stream<Boolean> together(List<Callable<Boolean>> work) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(work);
            for (var result : results) {
                result.get();
            }
            return results.stream().map(java.util.concurrent.Future::resultNow);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UserError error -> throw error;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
