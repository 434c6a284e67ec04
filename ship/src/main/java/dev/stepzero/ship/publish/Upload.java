package dev.stepzero.ship.publish;

import dev.stepzero.scan.registry.Repository;
import dev.stepzero.ship.image.ImageManifest.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One attempt to bring a blob to a registry: in one piece or, where something on the way finds that too large, in
 * pieces.
 */
record Upload(Repository repository, Blob blob, Content content) {
    private static final int PIECE = 4 << 20;
    private static final int ACCEPTED = 202;
    private static final int TOO_LARGE = 413;

    /** What is brought, as often as it takes. */
    interface Content {
        BodyPublisher whole() throws IOException;

        InputStream open() throws IOException;

        static Content of(Path file) {
            return new Content() {
                @Override
                public BodyPublisher whole() throws IOException {
                    return BodyPublishers.ofFile(file);
                }

                @Override
                public InputStream open() throws IOException {
                    return Files.newInputStream(file);
                }
            };
        }

        static Content of(byte[] bytes) {
            return new Content() {
                @Override
                public BodyPublisher whole() {
                    return BodyPublishers.ofByteArray(bytes);
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }

    /** The registry's last answer, which is 201 if it has the blob now. */
    HttpResponse<Void> send() throws IOException, InterruptedException {
        var opened = open();
        if (opened.statusCode() != ACCEPTED) {
            return opened;
        }
        var request = repository
                .request(complete(opened))
                .header("Content-Type", "application/octet-stream")
                .PUT(content.whole());
        var sent = repository.once(request, BodyHandlers.discarding());
        return sent.statusCode() == TOO_LARGE && blob.size() > PIECE ? sendPieces() : sent;
    }

    private HttpResponse<Void> open() throws IOException, InterruptedException {
        return repository.once(
                repository.request("blobs/uploads/").POST(BodyPublishers.noBody()), BodyHandlers.discarding());
    }

    private HttpResponse<Void> sendPieces() throws IOException, InterruptedException {
        var last = open();
        try (var in = content.open()) {
            var start = 0L;
            for (var piece = in.readNBytes(PIECE);
                    piece.length > 0 && last.statusCode() == ACCEPTED;
                    piece = in.readNBytes(PIECE)) {
                var request = repository
                        .request(repository.location(last))
                        .header("Content-Type", "application/octet-stream")
                        .header("Content-Range", start + "-" + (start + piece.length - 1))
                        .method("PATCH", BodyPublishers.ofByteArray(piece));
                last = repository.once(request, BodyHandlers.discarding());
                start += piece.length;
            }
        }
        return last.statusCode() == ACCEPTED
                ? repository.once(
                        repository.request(complete(last)).PUT(BodyPublishers.noBody()), BodyHandlers.discarding())
                : last;
    }

    private URI complete(HttpResponse<?> session) {
        var place = repository.location(session);
        return URI.create(place + (place.getRawQuery() == null ? "?" : "&") + "digest=" + blob.digest());
    }
}
