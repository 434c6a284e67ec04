package dev.stepzero.invoicer.log;

import java.io.PrintStream;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes log lines. JSON escapes control characters, and all but ASCII is escaped too, so that no caller's text can
 * start a line or steer a terminal.
 */
public final class AppLog {
    /** The importance of a line, as syslog numbers it. */
    public enum Severity {
        ERROR(3),
        WARNING(4),
        INFO(6);

        private final int number;

        Severity(int number) {
            this.number = number;
        }
    }

    private static final int LONGEST_TEXT = 8192;
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final PrintStream out;
    private final Clock clock;
    private final String hostname;
    private final long pid;

    public AppLog(PrintStream out, Clock clock, String hostname, long pid) {
        this.out = out;
        this.clock = clock;
        this.hostname = hostname;
        this.pid = pid;
    }

    /** What happens to the program as a whole. */
    public void message(Severity severity, String text) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", "message");
        fields.put("msg", text);
        write(severity, fields);
    }

    public void info(Map<String, ?> fields) {
        write(Severity.INFO, fields);
    }

    /** Fields are numbers or text, written in the map's order. */
    public void write(Severity severity, Map<String, ?> fields) {
        var now = clock.instant();
        var line = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeNumberProperty("Timestamp", nanoseconds(now));
            json.writeStringProperty("Time", now.toString());
            json.writeStringProperty("Type", "app.log");
            json.writeStringProperty("Logger", "invoicer");
            json.writeStringProperty("Hostname", hostname);
            json.writeStringProperty("EnvVersion", "2.0");
            json.writeNumberProperty("Pid", pid);
            json.writeNumberProperty("Severity", severity.number);
            json.writeObjectPropertyStart("Fields");
            fields.forEach((name, value) -> writeField(json, name, value));
            json.writeEndObject();
            json.writeEndObject();
        }
        out.println(line);
    }

    private static void writeField(JsonGenerator json, String name, Object value) {
        switch (value) {
            case Integer number -> json.writeNumberProperty(name, number);
            case Long number -> json.writeNumberProperty(name, number);
            default -> {
                var text = value.toString();
                json.writeStringProperty(name, text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
            }
        }
    }

    private static long nanoseconds(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
