package dev.stepzero.scan.registry;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One repository, in the words of the OCI distribution specification 1.1.
 *
 * <p>Methods throw {@link UserError} with the status ENGINE if the registry is down, too slow or refuses.
 */
public final class Repository {
    /** The media types of an image's manifest. */
    public static final List<String> MANIFESTS = List.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    /** The media types of a list of manifests, one for each platform. */
    public static final List<String> INDEXES = List.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int LARGEST_MANIFEST = 4 << 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String ANY_MANIFEST =
            Stream.concat(MANIFESTS.stream(), INDEXES.stream()).collect(Collectors.joining(", "));
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    private final Transport transport;
    private final Reference reference;
    private final Authorization authorization;

    private Repository(Transport transport, Reference reference, Authorization authorization) {
        this.transport = transport;
        this.reference = reference;
        this.authorization = authorization;
    }

    /**
     * A repository over TLS, or in clear text on the named hosts.
     *
     * @param actions what credentials are asked for: {@code pull} or {@code pull,push}
     */
    public static Repository of(
            Reference reference, String actions, Optional<Credentials> credentials, Set<String> plainHosts) {
        var transport = Transport.create(plainHosts);
        return new Repository(transport, reference, new Authorization(transport, reference, actions, credentials));
    }

    public Reference reference() {
        return reference;
    }

    public boolean hasBlob(Digest digest) throws IOException, InterruptedException {
        return has("blobs/" + digest);
    }

    public boolean hasManifest(Digest digest) throws IOException, InterruptedException {
        return has("manifests/" + digest);
    }

    private boolean has(String path) throws IOException, InterruptedException {
        var request =
                request(path).header("Accept", String.join(", ", MANIFESTS)).HEAD();
        var response = send(request, BodyHandlers.discarding());
        return switch (response.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw unexpected(response, "asked for " + path);
        };
    }

    /** A manifest or an index under a tag or a digest; empty if there is none. */
    public Optional<byte[]> findManifest(String name) throws IOException, InterruptedException {
        return askForManifest(name).map(HttpResponse::body);
    }

    /** The same, with what the registry says about it. */
    public Optional<HttpResponse<byte[]>> askForManifest(String name) throws IOException, InterruptedException {
        var response = send(
                request("manifests/" + name).header("Accept", ANY_MANIFEST).GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response);
            case 404 -> Optional.empty();
            default -> throw unexpected(response, "asked for " + name);
        };
    }

    /** The first page of what refers to an image. */
    public URI referrers(Digest image) {
        return own("referrers/" + image);
    }

    /** A page of the referrers API and the next one's address; empty if the registry has no such API. */
    public Optional<Page> referrers(URI page) throws IOException, InterruptedException {
        var response = send(
                request(page).header("Accept", INDEXES.getFirst()).GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(new Page(new String(response.body(), StandardCharsets.UTF_8), next(response)));
            case 400, 404, 405, 501 -> Optional.empty();
            default -> throw unexpected(response, "asked what refers to the image");
        };
    }

    /** The body of one answer, and where it goes on. */
    public record Page(String body, Optional<URI> next) {}

    private Optional<URI> next(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .flatMap(link -> resolve(response.uri(), link.group(1)))
                .filter(place -> own("").getRawAuthority().equals(place.getRawAuthority()));
    }

    /** A whole blob that is known to be small; its digest is still to be checked. */
    public byte[] smallBlob(Digest digest, long mostBytes) throws IOException, InterruptedException {
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

    /**
     * The bytes of a manifest or an index; whether they have the digest that they should is for the caller to check.
     *
     * @param name a tag or a digest
     */
    public byte[] manifest(String name) throws IOException, InterruptedException {
        var response = send(
                request("manifests/" + name).header("Accept", ANY_MANIFEST).GET(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        if (response.statusCode() != 200) {
            throw unexpected(response, "asked for the image " + name);
        }
        return response.body();
    }

    /**
     * Opens a blob. It ends with an error where the registry sends more than so many bytes, or nothing for a minute;
     * its digest is for the caller to check.
     */
    public InputStream blob(Digest digest, long size) throws IOException, InterruptedException {
        var response = send(request("blobs/" + digest).GET(), BodyHandlers.ofInputStream());
        for (var hops = 0; REDIRECTS.contains(response.statusCode()) && hops < MOST_REDIRECTS; hops++) {
            response.body().close();
            var place = location(response);
            response = transport.send(request(place).GET().build(), BodyHandlers.ofInputStream());
        }
        if (response.statusCode() != 200) {
            response.body().close();
            throw unexpected(response, "asked for blob " + digest);
        }
        return new BoundedStream(new PatientStream(response.body(), PATIENCE), size);
    }

    /** Reads a blob into a file, from its beginning again where that fails; its digest is still to be checked. */
    public void download(Digest digest, long size, Path file) throws IOException, InterruptedException {
        var response = send(request("blobs/" + digest).GET(), into(file, size));
        for (var hops = 0; REDIRECTS.contains(response.statusCode()) && hops < MOST_REDIRECTS; hops++) {
            response = transport.send(request(location(response)).GET().build(), into(file, size));
        }
        if (response.statusCode() != 200) {
            throw unexpected(response, "asked for blob " + digest);
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

    /** A request to a path of this repository, such as {@code blobs/uploads/}. */
    public HttpRequest.Builder request(String path) {
        return request(own(path));
    }

    /** A request to a place that the registry named. */
    public HttpRequest.Builder request(URI place) {
        return HttpRequest.newBuilder(place).timeout(TIMEOUT);
    }

    /** Sends a request, again where that fails for a while. */
    public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return transport.retry(own(""), () -> once(request, body));
    }

    /** Does something of several requests, again from its beginning where that fails for a while. */
    public <T> HttpResponse<T> retry(String path, Transport.Attempt<T> attempt) throws InterruptedException {
        return transport.retry(own(path), attempt);
    }

    /** Sends a request once, or twice if the registry asks who is there. */
    public <T> HttpResponse<T> once(HttpRequest.Builder request, BodyHandler<T> body)
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

    /** Where the registry sends the caller: over TLS, or to where clear text is allowed. */
    public URI location(HttpResponse<?> response) {
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

    /**
     * What to say of an answer that is not the hoped for.
     *
     * @param asked such as {@code "sent blob sha256:..."}
     */
    public UserError unexpected(HttpResponse<?> response, String asked) {
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
