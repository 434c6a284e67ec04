package dev.stepzero.scan.secrets;

import dev.stepzero.scan.secrets.SecretKinds.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The services that a text has just named: what is given to a name as bare as {@code token} or {@code apiKey} belongs to the
 * one above it, as below {@code sumologic:} in a settings file. A name with a word of its own belongs to somebody else.
 */
final class NearbyServices {
    private static final int WITHIN = 200;
    private static final int MOST = 8;

    private static final Set<String> BARE = WordList.set("""
            api key keys token tokens secret secrets access auth authorization bearer client app private personal server
            admin account user credential credentials pat live test prod production default value my the id oauth
            """);

    private final @Nullable Kind[] kinds = new Kind[MOST];
    private final int[] ends = new int[MOST];
    private int next;

    /** Forgets all, for a new text. */
    void clear() {
        Arrays.fill(kinds, null);
    }

    /** A kind's keyword ended here. */
    void saw(Kind kind, int end) {
        int last = (next + MOST - 1) % MOST;
        if (kinds[last] != kind) {
            last = next;
            next = (next + 1) % MOST;
        }
        kinds[last] = kind;
        ends[last] = end;
    }

    /** What the first kind says, the nearest first, that was named shortly before. */
    <T> Optional<T> first(int at, BiFunction<Kind, Integer, Optional<T>> asked) {
        for (int i = 1; i <= MOST; i++) {
            int place = (next + MOST - i) % MOST;
            var kind = kinds[place];
            if (kind != null && ends[place] <= at && at - ends[place] <= WITHIN) {
                var said = asked.apply(kind, at - ends[place]);
                if (said.isPresent()) {
                    return said;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a name says that something is secret and not whose. */
    static boolean isBare(String name) {
        return BARE.containsAll(SpokenName.words(name));
    }
}
