package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches files from an archive into a cache in which every file is named by its digest. */
final class Download {
    private static final int ATTEMPTS = 3;
    private static final long MINUTES = 10;
    private static final long LARGEST_TEXT = 8 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(15))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Path cache;

    Download(Path cache) {
        this.cache = cache;
    }

    /** A file whose bytes are judged by the caller; empty where the archive has none. */
    Optional<byte[]> text(URI address) throws InterruptedException {
        var file = fetch(address, LARGEST_TEXT);
        try {
            if (file.isEmpty()) {
                return Optional.empty();
            }
            var bytes = Files.readAllBytes(file.get());
            Files.delete(file.get());
            return Optional.of(bytes);
        } catch (IOException e) {
            throw cacheFails(e);
        }
    }

    /** The file with this digest, if the cache has it unharmed. */
    Optional<Path> cached(Digest digest) {
        var file = cache.resolve(digest.hex());
        try {
            return Files.exists(file) && digestOf(file).equals(digest) ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            throw cacheFails(e);
        }
    }

    /**
     * The file with this digest, from the cache or from the address; empty where the archive has none.
     *
     * @throws UserError if what the address gives is another file
     */
    Optional<Path> verified(URI address, Digest digest, long size) throws InterruptedException {
        var cached = cached(digest);
        if (cached.isPresent()) {
            return cached;
        }
        var fetched = fetch(address, size);
        try {
            if (fetched.isEmpty()) {
                return Optional.empty();
            }
            var actual = digestOf(fetched.get());
            if (!actual.equals(digest)) {
                Files.delete(fetched.get());
                throw UserError.blocked("the Debian archive is refused: a file should be " + digest.shortForm()
                                + "… but is " + actual.shortForm() + "…")
                        .at(address.toString())
                        .fix("try again later, or use another mirror");
            }
            return Optional.of(Files.move(fetched.get(), cache.resolve(digest.hex()), StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            throw cacheFails(e);
        }
    }

    private static Digest digestOf(Path file) throws IOException {
        var sha256 = Digest.sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    /** The fetched file, for the caller to move or delete. */
    private Optional<Path> fetch(URI address, long limit) throws InterruptedException {
        try {
            Files.createDirectories(cache);
            var fresh = Files.createTempFile(cache, ".fetching", null);
            var there = false;
            try {
                there = address.getScheme().equals("file") ? copy(address, fresh, limit) : get(address, fresh, limit);
                return there ? Optional.of(fresh) : Optional.empty();
            } finally {
                if (!there) {
                    Files.delete(fresh);
                }
            }
        } catch (IOException e) {
            throw cacheFails(e);
        }
    }

    private static boolean copy(URI address, Path to, long limit) throws IOException {
        var from = Path.of(address);
        if (!Files.isRegularFile(from)) {
            return false;
        }
        if (Files.size(from) > limit) {
            throw tooLarge(address, limit);
        }
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private boolean get(URI address, Path to, long limit) throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var failure = "";
            try {
                var status = send(address, to, limit);
                switch (status) {
                    case 200 -> {
                        return true;
                    }
                    case 403, 404, 410 -> {
                        return false;
                    }
                    default -> failure = "it answers " + status;
                }
            } catch (IOException e) {
                failure = e.getMessage() == null ? "no connection" : e.getMessage();
            }
            if (attempt == ATTEMPTS) {
                throw UserError.engine("the Debian archive cannot be reached: " + failure)
                        .at(address.toString())
                        .fix("check the network, or name a mirror in " + AptSources.VARIABLE);
            }
        }
    }

    private int send(URI address, Path to, long limit) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build();
        var answer = client.sendAsync(request, into(to, limit));
        try {
            return answer.get(MINUTES, TimeUnit.MINUTES).statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("not complete after " + MINUTES + " minutes", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Takes the body of a success and no other. */
    private static BodyHandler<Path> into(Path file, long limit) {
        return answer -> answer.statusCode() == 200
                ? BodySubscribers.limiting(
                        BodySubscribers.ofFile(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        limit)
                : BodySubscribers.replacing(file);
    }

    private static UserError tooLarge(URI address, long limit) {
        return UserError.blocked(
                        "the Debian archive is refused: a file is larger than the " + limit + " bytes it may have")
                .at(address.toString())
                .fix("use another mirror");
    }

    private UserError cacheFails(IOException cause) {
        return UserError.engine("the cache of Debian packages cannot be used")
                .at(cache.toString())
                .fix("check its permissions and the space on the disk")
                .because(cause);
    }
}
