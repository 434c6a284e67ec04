package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.ImageSource.Engine;
import dev.stepzero.scan.registry.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where images come from, with peers that the test plays. */
class ImageSourceTest {
    @TempDir
    Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static ImageSource.Access access(Map<String, String> environment, String platform) {
        return new ImageSource.Access(environment, Platform.parse(platform), ImageLimits.defaults());
    }

    private OciImage open(String text) throws InterruptedException {
        return open(text, "linux/amd64");
    }

    private OciImage open(String text, String platform) throws InterruptedException {
        return ImageSource.parse(text).open(access(Map.of("HOME", directory.toString()), platform));
    }

    private static ImageComposer image() {
        return new ImageComposer()
                .gzip(new LayerTar().file("a", 0644, "one").file("b", 0644, "one"))
                .zstd(new LayerTar().file("b", 0644, "two").file(".wh.a", 0644, ""));
    }

    private static List<String> paths(OciImage image) throws InterruptedException {
        var contents = new ArrayList<String>();
        var files = image.files((entry, content) -> {
            if (entry.kind() == Entry.Kind.FILE) {
                contents.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        assertThat(contents).containsExactlyInAnyOrder("one", "one", "two");
        return files.stream()
                .filter(file -> file.entry().kind() == Entry.Kind.FILE)
                .map(file -> file.path() + " of layer " + file.entry().layer())
                .toList();
    }

    /** Serves the blobs of a layout, and some as manifests. */
    private String registry(Path layout, Map<String, Digest> tags) {
        server.createContext("/v2/team/app/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            var path = exchange.getRequestURI().getPath();
            var name = path.substring(path.lastIndexOf('/') + 1);
            var digest = tags.containsKey(name) ? String.valueOf(tags.get(name)) : name;
            var file = layout.resolve("blobs/sha256").resolve(digest.replace("sha256:", ""));
            answer(
                    exchange,
                    Files.exists(file) ? 200 : 404,
                    Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
        });
        return "127.0.0.1:" + server.getAddress().getPort() + "/team/app";
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Adds an index of an image for each platform. */
    private static Digest index(Path layout, Map<String, Digest> platforms) throws IOException {
        var manifests = new ArrayList<String>();
        platforms.forEach((architecture, digest) ->
                manifests.add("{\"digest\":\"%s\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}"
                        .formatted(digest, architecture)));
        var content = "{\"schemaVersion\":2,\"manifests\":[%s]}"
                .formatted(String.join(",", manifests))
                .getBytes(StandardCharsets.UTF_8);
        var digest = Digest.of(content);
        Files.write(layout.resolve("blobs/sha256").resolve(digest.hex()), content);
        return digest;
    }

    @Test
    void aLayoutIsOpenedWithoutADigestAndAnArchiveOfItToo() throws Exception {
        var digest = image().layout(directory.resolve("layout"));
        ImageComposer.archive(directory.resolve("layout"), directory.resolve("oci.tar"));

        assertThat(open(directory.resolve("layout").toString()).digest()).isEqualTo(digest);
        assertThat(open("oci:" + directory.resolve("layout") + "@" + digest).digest())
                .isEqualTo(digest);
        assertThat(open(directory.resolve("oci.tar").toString()).digest()).isEqualTo(digest);
    }

    @Test
    void whatDockerSavedIsKnownByItsConfiguration() throws Exception {
        var saved = directory.resolve("saved.tar");
        var id = image().dockerSave(saved);

        assertThat(open("archive:" + saved).digest()).isEqualTo(id);
        assertThat(ImageSource.isImage(saved)).isTrue();
        assertThat(paths(open(saved.toString()))).containsExactly("/b of layer 1");
    }

    @Test
    void ofAnIndexTheImageForThePlatformIsTaken() throws Exception {
        var layout = directory.resolve("layout");
        var intel = image().layout(layout);
        var arm = image().created("2026-01-01T00:00:00Z").layout(layout);
        var index = index(layout, Map.of("amd64", intel, "arm64", arm));

        var name = "oci:" + layout + "@" + index;

        assertThat(open(name).digest()).isEqualTo(intel);
        assertThat(open(name, "linux/arm64").digest()).isEqualTo(arm);
        assertThatThrownBy(() -> open(name, "linux/s390x")).hasMessageContaining("none is for linux/s390x");
    }

    @Test
    void anImageIsPulledEachPieceOnceAndNothingIsStored() throws Exception {
        var layout = directory.resolve("layout");
        var digest = image().layout(layout);
        var index = index(layout, Map.of("amd64", digest));
        var name = registry(layout, Map.of("1.2", index));

        var image = open(name + ":1.2");

        assertThat(paths(image)).containsExactly("/b of layer 1");
        assertThat(image.digest()).isEqualTo(digest);
        assertThat(requests).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aManifestThatIsNotWhatItsDigestPromisesIsRefused() throws Exception {
        var layout = directory.resolve("layout");
        var other = image().layout(layout);
        var promised = Digest.of(new byte[] {1});
        var name = registry(layout, Map.of(promised.toString(), other));

        assertThatThrownBy(() -> open(name + "@" + promised))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not what its digest promises");
    }

    @Test
    void aLayerWithoutEndIsCutAtItsPromisedSize() throws Exception {
        var layout = directory.resolve("layout");
        var digest = image().layout(layout);
        var name = registry(layout, Map.of("1", digest));
        var layer = open("oci:" + layout).layers().getFirst().digest();
        server.createContext("/v2/team/app/blobs/" + layer, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(Files.readAllBytes(layout.resolve("blobs/sha256").resolve(layer.hex())));
                while (true) {
                    body.write(new byte[64 << 10]);
                }
            } catch (IOException e) {
                requests.add("cut");
            }
        });

        assertThatThrownBy(() -> open(name + ":1").files())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("more bytes come than were announced");
    }

    @Test
    void aRegistryMaySendNobodyToAnUnsafePlace() throws Exception {
        var layout = directory.resolve("layout");
        var digest = image().layout(layout);
        var name = registry(layout, Map.of("1", digest));
        server.createContext("/v2/team/app/blobs/", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://internal.test/secret");
            answer(exchange, 307, new byte[0]);
        });

        assertThatThrownBy(() -> open(name + ":1")).hasMessageContaining("not safe");
    }

    @Test
    void anEnginesExportIsReadThoughItsTarHasTheLayersInAnyOrder() throws Exception {
        var socket = directory.resolve("engine.sock");
        var saved = directory.resolve("saved.tar");
        var id = image().dockerSave(saved);
        try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> serve(engine, saved));

            var image = ImageSource.parse("docker-daemon:app:1.0")
                    .open(access(Map.of("DOCKER_HOST", "unix://" + socket), "linux/amd64"));

            assertThat(image.digest()).isEqualTo(id);
            assertThat(paths(image)).containsExactly("/b of layer 1");
        }
        assertThat(requests).hasSize(2).allMatch(line -> line.equals("GET /images/app%3A1.0/get HTTP/1.1"));
    }

    /** Answers every request with the file, in chunks. */
    private void serve(ServerSocketChannel engine, Path tar) {
        try {
            while (true) {
                try (var peer = engine.accept()) {
                    requests.add(firstLine(Channels.newInputStream(peer)));
                    var content = Files.readAllBytes(tar);
                    send(
                            peer,
                            "HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    for (int at = 0; at < content.length; at += 1000) {
                        int length = Math.min(1000, content.length - at);
                        send(peer, (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                        send(peer, java.util.Arrays.copyOfRange(content, at, at + length));
                        send(peer, "\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    send(peer, "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (ClosedChannelException e) {
            requests.removeIf(String::isEmpty);
        } catch (IOException e) {
            requests.add(e.toString());
        }
    }

    private static void send(java.nio.channels.SocketChannel peer, byte[] bytes) throws IOException {
        for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            peer.write(buffer);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            text.append((char) in.read());
        }
        return text.toString().lines().findFirst().orElse("");
    }

    @Test
    void whereNoEngineListensItIsSaid() {
        assertThatThrownBy(() -> ImageSource.parse("docker-daemon:x")
                        .open(access(Map.of("DOCKER_HOST", "unix://" + directory.resolve("none")), "linux/amd64")))
                .isInstanceOf(UserError.class);
    }

    @Test
    void referencesAreReadAsEnginesReadThem() {
        assertThat(ImageReference.parse("alpine")).hasToString("docker.io/library/alpine:latest");
        assertThat(ImageReference.parse("team/app:1")).hasToString("docker.io/team/app:1");
        assertThat(ImageReference.parse("localhost:5000/a").tag()).contains("latest");
        var digest = Digest.of(new byte[0]);
        assertThat(ImageReference.parse("r.test/a:1@" + digest).name()).isEqualTo(digest.toString());
        assertThat(ImageReference.parse("r.test/a@" + digest).tag()).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> ImageReference.parse("r.test/a:x y")).isInstanceOf(UserError.class);
        assertThat(ImageSource.parse("podman:a")).isEqualTo(new ImageSource.OfEngine(Engine.PODMAN, "a"));
    }
}
