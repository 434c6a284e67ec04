package dev.stepzero.server.api.answer;

import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.errors.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** A part of a list, in the order of an index. */
public record Paged<T>(
        List<T> items,

        @Says("What to send as `after` for the next part; missing at the end.")
        Optional<String> next) {
    public static final int MOST = 100;
    public static final int USUAL = 50;

    public Paged {
        items = List.copyOf(items);
    }

    /**
     * Makes a page out of one row more than it has, where there is one.
     *
     * @param cursor what the next page begins after
     */
    public static <S, T> Paged<T> of(List<S> rows, int limit, Function<S, T> shown, Function<S, String> cursor) {
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var next = rows.size() > limit ? Optional.of(cursor.apply(page.getLast())) : Optional.<String>empty();
        return new Paged<>(page.stream().map(shown).toList(), next);
    }

    /** How many rows a page has. */
    public static int size(Optional<Integer> limit) {
        return limit.orElse(USUAL);
    }

    /** Reads a cursor that is a number; anything else is refused. */
    public static Optional<Long> number(Optional<String> after) {
        return after.map(text -> {
            if (!text.matches("[0-9]{1,18}")) {
                throw broken();
            }
            return Long.parseLong(text);
        });
    }

    /** For a cursor that no page answered. */
    public static Rejected broken() {
        return Rejected.field(HttpStatus.BAD_REQUEST, "after", "No page begins there; begin with the first one.");
    }
}
