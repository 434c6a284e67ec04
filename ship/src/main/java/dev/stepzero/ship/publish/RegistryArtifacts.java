package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.scan.registry.Repository;
import dev.stepzero.ship.image.ArtifactStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies beside the images of a repository. A tag is changed on the condition that it is as it was read. Few
 * registries keep conditions, so a change is read back as well, and made again where another writer's took its place.
 */
final class RegistryArtifacts implements ArtifactStore {
    private static final int MOST_PAGES = 20;
    private static final int MOST_REFERRERS = 2_000;
    private static final int ATTEMPTS = 16;
    private static final int LONGEST_PAUSE = 40;
    private static final byte[] NOTHING = {};

    private final Reference reference;
    private final Repository repository;
    private final RepositoryWriter writer;

    RegistryArtifacts(Reference reference, Repository repository) {
        this.reference = reference;
        this.repository = repository;
        this.writer = new RepositoryWriter(repository);
    }

    @Override
    public String place() {
        return reference.toString();
    }

    @Override
    public Optional<byte[]> tagged(String tag) throws InterruptedException {
        return asking(() -> repository.findManifest(tag));
    }

    @Override
    public byte[] manifest(Digest digest) throws InterruptedException {
        return asking(() -> repository
                .findManifest(digest.toString())
                .map(bytes -> verified(digest, bytes))
                .orElseThrow(() -> UserError.unreadable("the registry has no manifest " + digest)
                        .at(place())
                        .fix("check the repository's name and the digest")));
    }

    @Override
    public byte[] content(Digest digest, long mostBytes) throws InterruptedException {
        return asking(() -> verified(digest, repository.smallBlob(digest, mostBytes)));
    }

    private byte[] verified(Digest digest, byte[] bytes) {
        if (!Digest.of(bytes).equals(digest)) {
            throw UserError.blocked("the registry gives something else than " + digest)
                    .at(place())
                    .fix("do not use this registry before somebody looked into it");
        }
        return bytes;
    }

    @Override
    public void put(byte[] content) throws InterruptedException {
        asking(() -> {
            writer.upload(content);
            return content;
        });
    }

    @Override
    public boolean refer(byte[] manifest) throws InterruptedException {
        return asking(() -> writer.putManifest(
                        Digest.of(manifest).toString(), dev.stepzero.ship.image.ImageManifest.MEDIA_TYPE, manifest))
                .isPresent();
    }

    @Override
    public Optional<List<JsonNode>> referrers(Digest image) throws InterruptedException {
        var all = new ArrayList<JsonNode>();
        var next = Optional.of(repository.referrers(image));
        for (var page = 0; next.isPresent() && page < MOST_PAGES && all.size() < MOST_REFERRERS; page++) {
            var place = next.get();
            var answer = asking(() -> repository.referrers(place));
            if (answer.isEmpty()) {
                return page == 0 ? Optional.empty() : Optional.of(all);
            }
            descriptors(answer.get().body(), place).forEach(all::add);
            next = answer.get().next();
        }
        return Optional.of(all);
    }

    private static JsonNode descriptors(String body, URI place) {
        try {
            return JsonMapper.shared().readTree(body).path("manifests");
        } catch (JacksonException e) {
            throw UserError.engine("the registry's list of referrers is not JSON")
                    .at(place.toString())
                    .because(e);
        }
    }

    @Override
    public void update(String tag, String mediaType, Change change) throws InterruptedException {
        Optional<byte[]> refused = Optional.empty();
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var read = asking(() -> repository.askForManifest(tag));
            var before = read.map(HttpResponse::body);
            var changed = change.to(before);
            if (before.filter(bytes -> Arrays.equals(bytes, changed.manifest())).isPresent()) {
                return;
            }
            for (var blob : changed.blobs()) {
                put(blob);
            }
            var keepsConditions = refused.isEmpty() || !Arrays.equals(refused.get(), before.orElse(NOTHING));
            var condition = keepsConditions ? Condition.unchangedSince(read) : Condition.NONE;
            var replaced = asking(() -> writer.replaceManifest(tag, mediaType, changed.manifest(), condition));
            refused = replaced ? Optional.empty() : Optional.of(before.orElse(NOTHING));
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(attempt * LONGEST_PAUSE / ATTEMPTS + 1));
        }
        throw UserError.engine("others change %s as fast as we do".formatted(tag))
                .at(place())
                .fix("ship again when nobody else publishes evidence of this image");
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private <T> T asking(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (IOException e) {
            throw Registry.failed(reference, e);
        }
    }
}
