package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.PatientStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One export of an image by a container engine: the answer to {@code GET /images/NAME/get} over its socket. */
final class EngineExport {
    /** An engine may gather a large image for a while before its first byte. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int LONGEST_LINE = 8 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int BUFFER = 256 << 10;

    private EngineExport() {}

    /**
     * Opens the tar that {@code docker save} would write.
     *
     * @throws UserError if the engine does not have the image or does not answer sensibly
     */
    static InputStream open(Path socket, String image) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        var in = new BufferedInputStream(new PatientStream(Channels.newInputStream(channel), PATIENCE), BUFFER);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var path = URLEncoder.encode(image, StandardCharsets.UTF_8);
            var request = "GET /images/" + path + "/get HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            for (var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            return body(in, socket, image);
        } catch (IOException | UserError e) {
            in.close();
            throw e;
        }
    }

    private static InputStream body(InputStream in, Path socket, String image) throws IOException {
        var status = line(in).split(" ", 3);
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() == MOST_HEADERS) {
                throw new IOException("the container engine's answer makes no sense");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (status.length < 2 || !status[1].equals("200")) {
            throw refused(status.length < 2 ? "?" : status[1], socket, image);
        }
        return content(in, headers);
    }

    private static UserError refused(String status, Path socket, String image) {
        var error = UserError.engine(
                "the container engine answers " + Printable.of(status) + " when asked for " + Printable.of(image));
        return error.at(socket.toString())
                .fix(
                        status.equals("404")
                                ? "see which images it has (docker images)"
                                : "look into the engine's own log");
    }

    private static InputStream content(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) {
            return new Chunks(in);
        }
        // The other side closes where the content ends; a tar that ends early is found out by its reader.
        return in;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == LONGEST_LINE) {
                throw new EOFException("the container engine's answer makes no sense");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** The chunked transfer coding (RFC 9112, 7.1); what follows the last chunk is not read. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private long left;
        private boolean begun;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the container engine's answer ends early");
            }
            left -= count;
            return count;
        }

        private void next() throws IOException {
            if (begun && !line(in).isEmpty()) {
                throw new IOException("the container engine's answer makes no sense");
            }
            begun = true;
            try {
                left = Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
            } catch (NumberFormatException e) {
                throw new IOException("the container engine's answer makes no sense", e);
            }
            ended = left <= 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
