package dev.stepzero.ship.debian;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which packages are asked for.
 *
 * @param wanted names of packages; {@code postgresql-*} stands for the one with the highest number in place of the star
 * @param without packages that are left out although something depends on them, each with the reason; a star at the
 *     end stands for any characters
 */
public record Request(List<String> wanted, Map<String, String> without) {
    public Request {
        wanted = List.copyOf(new TreeSet<>(wanted));
        without = Map.copyOf(without);
    }

    boolean leavesOut(String name) {
        return without.keySet().stream()
                .anyMatch(left ->
                        left.endsWith("*") ? name.startsWith(left.substring(0, left.length() - 1)) : name.equals(left));
    }

    /** The request on one line; a lock holds for exactly the request that it was made for. */
    public String line() {
        var line = String.join(" ", wanted);
        return without.isEmpty() ? line : line + " without " + String.join(" ", new TreeMap<>(without).keySet());
    }
}
