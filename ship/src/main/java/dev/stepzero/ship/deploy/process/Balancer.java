package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.Colour;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Chooses the replica for each request, in turn among the healthy ones of the colour. Safe for many threads. */
final class Balancer {
    /** The two doors through which requests come. */
    enum Door {
        LIVE,
        PREVIEW
    }

    /** A replica that answers a request of a colour. */
    record Choice(Colour colour, int port) {}

    private final Map<Colour, AtomicInteger> underWay = new EnumMap<>(Colour.class);
    private final Set<Integer> unhealthy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Routes routes;

    Balancer(Routes routes) {
        this.routes = routes;
        for (var colour : Colour.values()) {
            underWay.put(colour, new AtomicInteger());
        }
    }

    Routes routes() {
        return routes;
    }

    void follow(Routes fresh) {
        routes = fresh;
        unhealthy.retainAll(ports(fresh));
    }

    Balance balance() {
        var counts = new EnumMap<Colour, Integer>(Colour.class);
        underWay.forEach((colour, count) -> counts.put(colour, count.get()));
        return new Balance(routes, counts);
    }

    /** The next replica behind a door, none of those that were tried; where none is healthy, any. */
    Optional<Choice> choose(Door door, Set<Integer> tried) {
        var now = routes;
        var colour = door == Door.LIVE ? now.liveColour() : now.shownColour();
        return colour.flatMap(chosen -> {
            var candidates = new ArrayList<Integer>();
            now.of(chosen).stream()
                    .map(Routes.Replica::port)
                    .filter(port -> !tried.contains(port))
                    .forEach(candidates::add);
            var healthy = candidates.stream()
                    .filter(port -> !unhealthy.contains(port))
                    .toList();
            return next(healthy.isEmpty() ? candidates : healthy).map(port -> new Choice(chosen, port));
        });
    }

    private Optional<Integer> next(List<Integer> ports) {
        return ports.isEmpty()
                ? Optional.empty()
                : Optional.of(ports.get(Math.floorMod(turn.getAndIncrement(), ports.size())));
    }

    void begin(Colour colour) {
        count(colour, 1);
    }

    void end(Colour colour) {
        count(colour, -1);
    }

    private void count(Colour colour, int change) {
        underWay.computeIfPresent(colour, (key, counter) -> {
            counter.addAndGet(change);
            return counter;
        });
    }

    void healthy(int port) {
        unhealthy.remove(port);
    }

    void unhealthy(int port) {
        unhealthy.add(port);
    }

    /** The ports of all replicas of either colour. */
    static List<Integer> ports(Routes routes) {
        return routes.replicas().values().stream()
                .flatMap(List::stream)
                .map(Routes.Replica::port)
                .toList();
    }
}
