package dev.stepzero.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "0.0.0.0/1 128.0.0.0/1",
                "0.0.0.0/1",
                "*",
                "Internet",
                "0::/0",
                "2000::/3",
                "0000:0000:0000:0000:0000:0000:0000:0000/0",
                "10.0.0.0/8 0.0.0.0/0",
                "64.0.0.0/2 128.0.0.0/2",
            })
    void wideRangesAreTheInternetAlsoInParts(String cidrs) {
        assertThat(Networks.internet(list(cidrs))).isEqualTo(Value.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8", "192.0.2.0/24", "8.8.8.8", "fd00::/8", "", "nonsense", "1.2.3.4/33", "256.0.0.0/0"
            })
    void narrowRangesAndNonsenseAreNot(String cidrs) {
        assertThat(Networks.internet(list(cidrs))).isEqualTo(Value.FALSE);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/32, false",
        "192.168.0.0/16, false",
        "8.8.8.8/32, true",
        "172.16.0.0/12, false",
        "172.0.0.0/8, true",
        "fd00::/8, false",
        "2600::/16, true",
        "169.254.169.254, false"
    })
    void publicIsWhatCanBeReachedFromOutside(String cidr, boolean expected) {
        assertThat(Networks.anyPublic(list(cidr))).isEqualTo(Value.of(expected));
    }

    @Test
    void anUnknownRangeLeavesItOpenUnlessTheOthersAreEnough() {
        var open = Unknown.because("var.office");

        assertThat(Networks.internet(Value.listOf(List.of(open, Value.of("10.0.0.0/8")))))
                .isInstanceOf(Unknown.class);
        assertThat(Networks.internet(Value.listOf(List.of(open, Value.of("0.0.0.0/0")))))
                .isEqualTo(Value.TRUE);
    }

    @Test
    void alternativesThatAreAllWideAreTheInternet() {
        var either = Unknown.either("var.v6", Value.of("0.0.0.0/0"), Value.of("::/0"));

        assertThat(Networks.internet(Value.listOf(List.of(either)))).isEqualTo(Value.TRUE);
    }

    private static Value list(String cidrs) {
        return Value.listOf(Arrays.stream(cidrs.split(" ", -1)).map(Value::of).toList());
    }
}
