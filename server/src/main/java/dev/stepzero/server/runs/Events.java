package dev.stepzero.server.runs;

import dev.stepzero.ship.runs.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a reader of a run is told. {@code lines} has new lines of the log as an array of {@code [step, text]},
 * {@code state} says that the rest of the page is old, {@code end} that nothing follows, {@code pause} that the reader
 * is to come back. The id is that of the last line, from which the browser goes on when the connection broke.
 */
final class Events {
    static final byte[] STATE = event("state", Optional.empty(), "");
    static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = new JsonMapper();

    private Events() {}

    /** Lines, of which there is at least one. */
    static byte[] lines(List<LogLine> lines) {
        var told = lines.stream().map(line -> List.of(line.step(), line.text())).toList();
        return event("lines", Optional.of(lines.getLast().id()), JSON.writeValueAsString(told));
    }

    static byte[] end(long last) {
        return event("end", Optional.of(last), "");
    }

    static byte[] pause(long last) {
        return event("pause", Optional.of(last), "");
    }

    private static byte[] event(String name, Optional<Long> id, String data) {
        return (id.map("id: %d\n"::formatted).orElse("") + "event: " + name + "\ndata: " + data + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
