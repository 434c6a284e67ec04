package dev.stepzero.server.api.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a handler of the API answers.
 *
 * @param body what is written as JSON, or as it is where it is bytes; empty for nothing
 * @param next what the next part of a list, or of a log, begins after
 */
public record Answer<T>(int status, Optional<T> body, Optional<String> next, Map<String, String> headers) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NOTHING = 204;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static <T> Answer<T> of(T body) {
        var next = body instanceof Paged<?> paged ? paged.next() : Optional.<String>empty();
        return new Answer<>(OK, Optional.of(body), next, Map.of());
    }

    /** Something was made, which is found at a path. */
    public static <T> Answer<T> created(String path, T body) {
        return new Answer<>(CREATED, Optional.of(body), Optional.empty(), Map.of("Location", path));
    }

    /** Something was begun; how it goes is found at a path. */
    public static <T> Answer<T> accepted(String path, T body) {
        return new Answer<>(ACCEPTED, Optional.of(body), Optional.empty(), Map.of("Location", path));
    }

    /** It is done, and there is nothing to say. */
    public static Answer<Void> done() {
        return new Answer<>(NOTHING, Optional.empty(), Optional.empty(), Map.of());
    }

    /** The same, with what the next part begins after. */
    public Answer<T> next(Optional<String> after) {
        return new Answer<>(status, body, after, headers);
    }

    /** The same, to be kept as a file of this name. */
    public Answer<T> named(String file) {
        var more = new HashMap<>(headers);
        more.put("Content-Disposition", "attachment; filename=\"" + file + "\"");
        return new Answer<>(status, body, next, more);
    }
}
