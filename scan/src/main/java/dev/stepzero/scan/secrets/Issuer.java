package dev.stepzero.scan.secrets;

import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.rules.secrets.SecretRule.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks whoever issued a credential about it. */
@FunctionalInterface
interface Issuer {
    /**
     * An answer.
     *
     * @param status of HTTP
     * @param text the beginning of what it says
     */
    record Answer(int status, String text) {}

    Answer ask(Probe probe, String secret) throws IOException;

    /** One that is asked over the network, at public addresses only. */
    static Issuer overTheNetwork() {
        return over(EgressGuard.allowing(Set.of()), Duration.ofSeconds(10));
    }

    /**
     * One that is asked through a guard. The connection is made to an address that the guard gave, not to whatever the name
     * leads to a moment later; no redirect is followed. What has been said when the time is up is the answer.
     */
    static Issuer over(EgressGuard guard, Duration patience) {
        return (probe, secret) -> new Question(guard, patience, probe, secret).ask();
    }

    /** One question over a connection of its own. */
    record Question(EgressGuard guard, Duration patience, Probe probe, String secret) {
        private static final int CONNECT_MILLIS = 5_000;
        private static final int MOST_BYTES = 64 << 10;
        private static final int PART = 8 << 10;

        Answer ask() throws IOException {
            var address = guard.check(URI.create(probe.url()
                    .replace(
                            "{secret}",
                            URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("%3A", ":"))));
            boolean secure = "https".equals(address.getScheme());
            int port = address.getPort() > 0 ? address.getPort() : secure ? 443 : 80;
            var to = guard.resolve(address.getHost()).getFirst();
            long end = System.nanoTime() + patience.toNanos();
            try (var plain = new Socket()) {
                plain.connect(new InetSocketAddress(to, port), CONNECT_MILLIS);
                plain.setSoTimeout((int) patience.toMillis());
                try (var socket = secure ? secured(plain, address.getHost(), port) : plain) {
                    socket.getOutputStream().write(request(address));
                    socket.getOutputStream().flush();
                    return answer(beginning(socket, end));
                }
            }
        }

        private static Socket secured(Socket plain, String host, int port) throws IOException {
            var socket = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }

        private byte[] request(URI address) {
            if (secret.chars().anyMatch(c -> c < ' ' || c > 126)) {
                throw new IllegalArgumentException("no header can hold it");
            }
            var path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            var text = "%s %s%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: stepzero\r\nAccept: */*\r\nConnection: close\r\n"
                    .formatted(probe.method(), path, query, address.getRawAuthority());
            if (!probe.header().isEmpty()) {
                text += probe.header().replace("{secret}", secret) + "\r\n";
            }
            if (probe.method().equals("POST")) {
                text += "Content-Type: application/json\r\nContent-Length: %d\r\n"
                        .formatted(probe.body().length());
            }
            return (text + "\r\n" + probe.body()).getBytes(StandardCharsets.ISO_8859_1);
        }

        /** Each read may bring a byte only, so the time of all together counts. */
        private static byte[] beginning(Socket socket, long end) throws IOException {
            var said = new ByteArrayOutputStream();
            var part = new byte[PART];
            try {
                while (said.size() < MOST_BYTES) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) {
                        break;
                    }
                    socket.setSoTimeout((int) left);
                    int read = socket.getInputStream().read(part);
                    if (read < 0) {
                        break;
                    }
                    said.write(part, 0, read);
                }
            } catch (SocketTimeoutException e) {
                if (said.size() == 0) {
                    throw new SocketTimeoutException("it does not answer");
                }
            }
            return said.toByteArray();
        }

        private static Answer answer(byte[] bytes) throws IOException {
            var text = new String(bytes, StandardCharsets.UTF_8);
            if (!text.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*")) {
                throw new IOException("no answer of HTTP");
            }
            return new Answer(Integer.parseInt(text.substring(9, 12)), text);
        }
    }
}
