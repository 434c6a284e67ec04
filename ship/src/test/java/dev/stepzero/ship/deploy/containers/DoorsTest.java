package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.deploy.Colour;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorsTest {

    @Test
    void whatIsPrintedIsReadBack() {
        var doors = new Doors(Map.of(Doors.Door.LIVE, Colour.GREEN)).with(Doors.Door.PREVIEW, Colour.BLUE);

        assertThat(Doors.read(doors.print())).isEqualTo(doors);
    }

    @Test
    void aDoorWithoutAColourIsPrintedSoThatTheLoadBalancerCanChangeIt() {
        var doors = new Doors(Map.of());

        assertThat(doors.print()).isEqualTo("live none\npreview none\n");
        assertThat(Doors.read(doors.print())).isEqualTo(doors);
    }

    @Test
    void theLoadBalancersOwnListingIsRead() {
        var doors = Doors.read("0x55d0 live blue\n0x55d8 preview green\n\n");

        assertThat(doors.at(Doors.Door.LIVE)).contains(Colour.BLUE);
        assertThat(doors.at(Doors.Door.PREVIEW)).contains(Colour.GREEN);
    }

    @Test
    void anythingElseIsNoDoor() {
        var doors = Doors.read("Unknown map identifier. Please use #<id> or <file>.\nalive blue\nlive purple\n");

        assertThat(doors).isEqualTo(new Doors(Map.of()));
    }
}
