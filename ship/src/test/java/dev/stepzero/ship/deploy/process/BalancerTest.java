package dev.stepzero.ship.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.process.Balancer.Choice;
import dev.stepzero.ship.deploy.process.Balancer.Door;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private final Routes routes = Routes.NONE
            .with(Colour.BLUE, List.of(new Routes.Replica(1, "1.log"), new Routes.Replica(2, "2.log")))
            .with(Colour.GREEN, List.of(new Routes.Replica(3, "3.log")))
            .serving(Colour.BLUE)
            .showing(Colour.GREEN);
    private final Balancer balancer = new Balancer(routes);

    @Test
    void healthyReplicasTakeTurns() {
        assertThat(ports(4)).containsExactly(1, 2, 1, 2);
    }

    @Test
    void anUnhealthyOneIsLeftOutUntilItIsHealthyAgain() {
        balancer.unhealthy(1);
        assertThat(ports(3)).containsOnly(2);

        balancer.healthy(1);
        assertThat(ports(2)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void whereNoneIsHealthyAnyIsBetterThanNone() {
        balancer.unhealthy(1);
        balancer.unhealthy(2);

        assertThat(ports(2)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void oneThatWasTriedIsNotTriedAgain() {
        assertThat(balancer.choose(Door.LIVE, Set.of(1))).contains(new Choice(Colour.BLUE, 2));
        assertThat(balancer.choose(Door.LIVE, Set.of(1, 2))).isEmpty();
    }

    @Test
    void eachDoorLeadsToItsColour() {
        assertThat(balancer.choose(Door.PREVIEW, Set.of())).contains(new Choice(Colour.GREEN, 3));

        balancer.follow(routes.serving(Colour.GREEN));

        assertThat(ports(1)).containsExactly(3);
    }

    @Test
    void aColourThatIsTakenAwayServesNoMore() {
        balancer.follow(routes.without(Colour.BLUE));

        assertThat(balancer.choose(Door.LIVE, Set.of())).isEmpty();
        assertThat(balancer.routes().liveColour()).isEmpty();
        assertThat(balancer.routes().shownColour()).contains(Colour.GREEN);
    }

    @Test
    void requestsUnderWayAreCountedByColour() {
        balancer.begin(Colour.BLUE);
        balancer.begin(Colour.BLUE);
        balancer.end(Colour.BLUE);

        assertThat(balancer.balance().underWay()).containsEntry(Colour.BLUE, 1).containsEntry(Colour.GREEN, 0);
    }

    private List<Integer> ports(int times) {
        return IntStream.range(0, times)
                .mapToObj(time -> balancer.choose(Door.LIVE, Set.of()))
                .flatMap(Optional::stream)
                .map(Choice::port)
                .toList();
    }
}
