package dev.stepzero.server.api;

import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import java.util.Optional;

/** Which part of a list, of one project. */
record ProjectPageQuery(
        @Says("One project; without it all, or the first of those where the caller has roles in some only.")
        Optional<String> project,

        @Says(value = "How many, at most.", least = 1, most = Paged.MOST, byDefault = "50")
        Optional<Integer> limit,

        @Says(value = "What the page before answered as `next`.", longest = 300)
        Optional<String> after) {

    int size() {
        return Paged.size(limit);
    }

    Optional<Long> before() {
        return Paged.number(after);
    }
}
