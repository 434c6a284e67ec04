package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.Colour;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the load balancer leads requests.
 *
 * @param live the colour that takes the traffic; null before the first deployment
 * @param shown the colour under the preview address; null likewise
 * @param replicas the replicas of each colour that has any
 */
record Routes(@Nullable Colour live, @Nullable Colour shown, Map<Colour, List<Replica>> replicas) {

    /**
     * One replica.
     *
     * @param port where it listens on the loopback address
     * @param log the file with its output, which the load balancer keeps from growing without end
     */
    record Replica(int port, String log) {}

    static final Routes NONE = new Routes(null, null, Map.of());

    Routes {
        replicas = Map.copyOf(replicas);
    }

    Optional<Colour> liveColour() {
        return Optional.ofNullable(live);
    }

    Optional<Colour> shownColour() {
        return Optional.ofNullable(shown);
    }

    List<Replica> of(Colour colour) {
        return replicas.getOrDefault(colour, List.of());
    }

    Routes serving(Colour colour) {
        return new Routes(colour, shown, replicas);
    }

    Routes showing(Colour colour) {
        return new Routes(live, colour, replicas);
    }

    Routes with(Colour colour, List<Replica> fresh) {
        var all = new EnumMap<Colour, List<Replica>>(Colour.class);
        all.putAll(replicas);
        all.put(colour, List.copyOf(fresh));
        return new Routes(live, shown, all);
    }

    Routes without(Colour colour) {
        var rest = new EnumMap<Colour, List<Replica>>(Colour.class);
        rest.putAll(replicas);
        rest.remove(colour);
        return new Routes(live == colour ? null : live, shown == colour ? null : shown, rest);
    }
}
