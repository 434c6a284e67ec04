package dev.stepzero.invoicer.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What goes back to the caller, apart from the headers every answer has. */
public record Answer(int status, List<Header> headers, byte[] body) {
    /** One header line. */
    public record Header(String name, String value) {}

    private static final String TEXT = "text/plain; charset=utf-8";

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, List.of(new Header("Content-Type", contentType)), body);
    }

    public static Answer text(int status, String text) {
        return of(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(byte[] body) {
        return of(200, "application/json", body);
    }

    /** An error; its message ends with a line break, as the book's program has it. */
    public static Answer error(int status, String message) {
        return text(status, message + "\n");
    }

    public static Answer notFound() {
        return error(404, "404 page not found");
    }

    /** Sends a browser on with a GET. */
    public static Answer seeOther(String location) {
        return text(303, "").with("Location", location);
    }

    public Answer with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Answer(status, more, body);
    }

    public boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }
}
