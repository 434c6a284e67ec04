package dev.stepzero.cli.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, each with a bound; a line that is longer ends the stream. */
public final class Events implements AutoCloseable {
    private static final int LONGEST = 8 << 20;

    private final InputStream in;

    Events(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** An event; {@code id} is empty where none was sent. */
    public record Event(String name, String id, String data) {}

    /** The next event; empty at the end of the stream. @throws IOException if the connection broke */
    public Optional<Event> next() throws IOException {
        var name = "message";
        var id = "";
        var data = new StringBuilder();
        for (var line = line(); line.isPresent(); line = line()) {
            var text = line.get();
            if (text.isEmpty()) {
                if (!name.equals("message") || !data.isEmpty()) {
                    return Optional.of(new Event(name, id, data.toString()));
                }
            } else if (text.startsWith("event:")) {
                name = text.substring(6).strip();
            } else if (text.startsWith("id:")) {
                id = text.substring(3).strip();
            } else if (text.startsWith("data:")) {
                data.append(text.substring(5).strip());
            }
        }
        return Optional.empty();
    }

    private Optional<String> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(bytes.toString(StandardCharsets.UTF_8).stripTrailing());
            }
            if (bytes.size() >= LONGEST) {
                throw new IOException("an event is too large");
            }
            bytes.write(next);
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
