package dev.stepzero.ship.publish;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.image.ImageManifest;
import dev.stepzero.ship.image.ImageManifest.Blob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One repository, in the words of the OCI distribution specification 1.1. */
final class Repository {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int LARGEST_MANIFEST = 4 << 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String ANY_MANIFEST =
            ImageManifest.MEDIA_TYPE + ", " + INDEX + ", application/vnd.docker.distribution.manifest.v2+json";
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    private final Transport transport;
    private final Reference reference;
    private final Authorization authorization;

    Repository(Transport transport, Reference reference, Authorization authorization) {
        this.transport = transport;
        this.reference = reference;
        this.authorization = authorization;
    }

    boolean hasBlob(Digest digest) throws IOException, InterruptedException {
        return has("blobs/" + digest);
    }

    boolean hasManifest(Digest digest) throws IOException, InterruptedException {
        return has("manifests/" + digest);
    }

    private boolean has(String path) throws IOException, InterruptedException {
        var request = request(path).header("Accept", ImageManifest.MEDIA_TYPE).HEAD();
        var response = send(request, BodyHandlers.discarding());
        return switch (response.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw unexpected(response, "asked for " + path);
        };
    }

    /** Sends a blob, from its beginning again where that fails. */
    void upload(Blob blob, Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw UserError.unreadable("the layout lacks a blob of the image")
                    .at(file.toString())
                    .fix("build the image again");
        }
        upload(blob, Upload.Content.of(file));
    }

    private void upload(Blob blob, Upload.Content content) throws IOException, InterruptedException {
        var sent = transport.retry(own("blobs/uploads/"), () -> new Upload(this, blob, content).send());
        if (sent.statusCode() != 201) {
            throw unexpected(sent, "sent blob " + blob.digest());
        }
    }

    /** Sends a small blob, unless the registry has it. */
    void upload(byte[] content) throws IOException, InterruptedException {
        var digest = Digest.of(content);
        if (!hasBlob(digest)) {
            upload(new Blob("application/octet-stream", digest, content.length), Upload.Content.of(content));
        }
    }

    void putManifest(Digest digest, byte[] manifest) throws IOException, InterruptedException {
        putManifest(digest.toString(), ImageManifest.MEDIA_TYPE, manifest);
    }

    /**
     * Sends a manifest.
     *
     * @param name its digest, or a tag
     * @return the subject that the registry says it has taken notice of
     */
    Optional<String> putManifest(String name, String mediaType, byte[] manifest)
            throws IOException, InterruptedException {
        var digest = Digest.of(manifest);
        var response = send(
                request("manifests/" + name)
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(manifest)),
                BodyHandlers.discarding());
        if (response.statusCode() != 201) {
            throw unexpected(response, "sent the manifest " + name);
        }
        var stored = response.headers().firstValue("Docker-Content-Digest").orElse(digest.toString());
        if (!stored.equals(digest.toString())) {
            throw UserError.blocked("the registry stored the image as " + stored + " instead of " + digest)
                    .at(reference.toString())
                    .fix("use a registry that does not change manifests");
        }
        return response.headers().firstValue("OCI-Subject");
    }

    /** A manifest under a tag or a digest; empty if there is none. */
    Optional<byte[]> findManifest(String name) throws IOException, InterruptedException {
        var response = send(
                request("manifests/" + name).header("Accept", ANY_MANIFEST).GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 404 -> Optional.empty();
            default -> throw unexpected(response, "asked for " + name);
        };
    }

    /** A page of the referrers API and the next one's address; empty if the registry has no such API. */
    Optional<Page> referrers(URI page) throws IOException, InterruptedException {
        var response = send(
                request(page).header("Accept", INDEX).GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(new Page(response.body(), next(response)));
            case 400, 404, 405, 501 -> Optional.empty();
            default -> throw unexpected(response, "asked what refers to the image");
        };
    }

    URI referrers(Digest image) {
        return own("referrers/" + image);
    }

    /** The body of one answer, and where it goes on. */
    record Page(byte[] body, Optional<URI> next) {}

    private Optional<URI> next(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .flatMap(link -> resolve(response.uri(), link.group(1)))
                .filter(place -> own("").getRawAuthority().equals(place.getRawAuthority()));
    }

    /** A small blob; its digest is still to be checked. */
    byte[] blob(Digest digest, long mostBytes) throws IOException, InterruptedException {
        BodyHandler<byte[]> body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes);
        var response = send(request("blobs/" + digest).GET(), body);
        for (var hops = 0; REDIRECTS.contains(response.statusCode()) && hops < MOST_REDIRECTS; hops++) {
            response = transport.send(request(location(response)).GET().build(), body);
        }
        if (response.statusCode() != 200) {
            throw unexpected(response, "asked for blob " + digest);
        }
        return response.body();
    }

    byte[] manifest(Digest digest) throws IOException, InterruptedException {
        var response = send(
                request("manifests/" + digest)
                        .header("Accept", ImageManifest.MEDIA_TYPE)
                        .GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        if (response.statusCode() != 200) {
            throw unexpected(response, "asked for the image " + digest);
        }
        return response.body();
    }

    /** Reads a blob into a file; its digest is still to be checked. */
    void download(Blob blob, Path file) throws IOException, InterruptedException {
        var response = send(request("blobs/" + blob.digest()).GET(), into(file, blob.size()));
        for (var hops = 0; REDIRECTS.contains(response.statusCode()) && hops < MOST_REDIRECTS; hops++) {
            response = transport.send(request(location(response)).GET().build(), into(file, blob.size()));
        }
        if (response.statusCode() != 200) {
            throw unexpected(response, "asked for blob " + blob.digest());
        }
    }

    /** Takes the body of a success and no other, and not more than was announced. */
    private static BodyHandler<Path> into(Path file, long limit) {
        return answer -> answer.statusCode() == 200
                ? BodySubscribers.limiting(
                        BodySubscribers.ofFile(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        limit)
                : BodySubscribers.replacing(file);
    }

    private URI own(String path) {
        return reference.address(transport.plainHosts(), path);
    }

    HttpRequest.Builder request(String path) {
        return request(own(path));
    }

    HttpRequest.Builder request(URI place) {
        return HttpRequest.newBuilder(place).timeout(TIMEOUT);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return transport.retry(own(""), () -> once(request, body));
    }

    /** Sends a request once, or twice if the registry asks who is there. */
    <T> HttpResponse<T> once(HttpRequest.Builder request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        var response = transport.once(authorized(request), body);
        var challenge = response.headers().firstValue("WWW-Authenticate");
        if (response.statusCode() != 401 || challenge.isEmpty()) {
            return response;
        }
        authorization.answer(challenge.get());
        return transport.once(authorized(request), body);
    }

    /** Only the registry itself learns who asks, not where it stores its blobs. */
    private HttpRequest authorized(HttpRequest.Builder request) {
        var plain = request.build();
        var own = own("").getRawAuthority().equals(plain.uri().getRawAuthority());
        return own
                ? authorization
                        .header()
                        .map(header ->
                                request.setHeader("Authorization", header).build())
                        .orElse(plain)
                : plain;
    }

    URI location(HttpResponse<?> response) {
        var place = response.headers()
                .firstValue("Location")
                .flatMap(text -> resolve(response.uri(), text))
                .filter(transport::allows);
        return place.orElseThrow(() -> UserError.engine("the registry names a place that is not safe or makes no sense")
                .at(reference.toString())
                .fix("check the registry's own address in its configuration"));
    }

    private static Optional<URI> resolve(URI base, String text) {
        try {
            return Optional.of(base.resolve(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private UserError unexpected(HttpResponse<?> response, String asked) {
        var status = response.statusCode();
        var error = UserError.engine("the registry answers " + status + " when " + asked)
                .at(reference.toString());
        return switch (status) {
            case 401, 403 -> error.fix("give credentials that are allowed this in this repository");
            case 404 -> error.fix("check the repository's name and the digest");
            case 413 -> error.fix("let the registry, or the proxy before it, take larger blobs");
            case 429 -> error.fix("try again later: the registry takes no more requests now");
            default -> error.fix("look into the registry's own log");
        };
    }
}
