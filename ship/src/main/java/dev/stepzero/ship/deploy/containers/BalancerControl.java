package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Colour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Talks to a running HAProxy over its runtime API: one command a connection, answered until the end of the stream. */
final class BalancerControl {
    private static final String MAP = "/etc/haproxy/colours.map";
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 20;
    /** Linux refuses longer addresses of sockets ({@code sun_path} has 108 bytes with its end). */
    private static final int LONGEST_SOCKET = 107;

    private final Path directory;

    /** @param directory where the load balancer puts its socket */
    BalancerControl(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** The shape of the configuration that it runs with; empty when it does not answer. */
    Optional<String> shape() throws InterruptedException {
        try {
            return ask("show info")
                    .lines()
                    .filter(line -> line.startsWith("description: stepzero-"))
                    .map(line -> line.substring(line.indexOf('-') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Doors doors() throws InterruptedException {
        var answer = command("show map " + MAP);
        if (!answer.contains(" " + Doors.Door.LIVE.label() + " ")) {
            throw UserError.engine("the load balancer does not say what it serves: " + answer.strip());
        }
        return Doors.read(answer);
    }

    void lead(Doors.Door door, Colour colour) throws InterruptedException {
        var answer = command("set map %s %s %s".formatted(MAP, door.label(), colour.label()));
        if (!answer.isBlank()) {
            throw UserError.engine("the load balancer does not switch: " + answer.strip());
        }
    }

    /** How many requests a colour is answering or is about to get. */
    int underWay(Colour colour) throws InterruptedException {
        var lines = command("show stat").lines().toList();
        if (lines.isEmpty()) {
            return 0;
        }
        var columns = fields(lines.getFirst().replaceFirst("^# *", ""));
        return lines.stream()
                .map(BalancerControl::fields)
                .filter(row -> row.size() >= columns.size()
                        && row.get(columns.indexOf("pxname")).equals(colour.label())
                        && row.get(columns.indexOf("svname")).equals("BACKEND"))
                .mapToInt(row -> number(row, columns, "scur") + number(row, columns, "qcur"))
                .sum();
    }

    private static List<String> fields(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    private static int number(List<String> row, List<String> columns, String column) {
        var text = row.get(columns.indexOf(column));
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private String command(String command) throws InterruptedException {
        try {
            return ask(command);
        } catch (IOException e) {
            throw UserError.engine("the load balancer does not answer: " + e.getMessage())
                    .at(directory.toString())
                    .fix("ship again: what is missing of the environment is then put up again")
                    .because(e);
        }
    }

    private String ask(String command) throws IOException, InterruptedException {
        var socket = directory.resolve("control.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET) {
            return ask(socket, command);
        }
        var shortcut = Files.createTempDirectory("stepzero");
        var link = Files.createSymbolicLink(shortcut.resolve("lb"), directory);
        try {
            return ask(link.resolve("control.sock"), command);
        } finally {
            Files.delete(link);
            Files.delete(shortcut);
        }
    }

    private static String ask(Path socket, String command) throws IOException, InterruptedException {
        if (Files.isSymbolicLink(socket) || !Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("no socket " + socket);
        }
        try (var selector = Selector.open();
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return read(channel, selector);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        }
    }

    private static String read(SocketChannel channel, Selector selector) throws IOException, InterruptedException {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(16_384);
        while (true) {
            int ready = selector.select(ANSWER.toMillis());
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            if (ready == 0 || answer.size() > MOST_BYTES) {
                throw new IOException(ready == 0 ? "no answer for " + ANSWER.toSeconds() + " seconds" : "too long");
            }
            selector.selectedKeys().clear();
            if (channel.read(buffer) < 0) {
                return answer.toString(StandardCharsets.UTF_8);
            }
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException("interrupted while asking the load balancer");
    }
}
