package dev.stepzero.rules.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        22            | 22
        20-25,80      | 20-25, 80
        80,20-25,24-30| 20-30, 80
        *             | 0-65535
        1-2,3         | 1-3
        nonsense      | ''
        70000         | 65535
        9-2           | ''
        """)
    void aSetIsWrittenInOrderAndWithoutOverlap(String written, String expected) {
        assertThat(Ports.of(Value.of(written))).isEqualTo(Value.of(expected));
    }

    @Test
    void aRangeOfEveryPortStaysARange() {
        var all = Ports.of(Value.of("0-65535"));

        assertThat(Ports.every(all)).isEqualTo(Value.TRUE);
        assertThat(Ports.count(all)).isEqualTo(Value.of(65_536));
        assertThat(Ports.includesAny(all, Value.listOf(List.of(Value.of(22), Value.of(3389)))))
                .isEqualTo(Value.TRUE);
    }

    @Test
    void theFieldsOfEveryProviderAreUnderstood() {
        assertThat(PortFields.of(rule("from_port", 20, "to_port", 25, "protocol", "tcp")))
                .isEqualTo(Value.of("20-25"));
        assertThat(PortFields.of(rule("from_port", 0, "to_port", 0, "protocol", "-1")))
                .isEqualTo(Ports.EVERY);
        assertThat(PortFields.of(rule("ip_protocol", "-1"))).isEqualTo(Ports.EVERY);
        assertThat(PortFields.of(rule("protocol", "icmp", "from_port", -1, "to_port", -1)))
                .isEqualTo(Value.of(""));
        assertThat(PortFields.of(rule("protocol", "tcp", "destination_port_range", "22-23")))
                .isEqualTo(Value.of("22-23"));
        assertThat(PortFields.of(rule("protocol", "tcp"))).isEqualTo(Ports.EVERY);
    }

    private static Value rule(Object... pairs) {
        var entries = new LinkedHashMap<String, Located>();
        for (int i = 0; i < pairs.length; i += 2) {
            var value = pairs[i + 1] instanceof Integer number ? Value.of(number) : Value.of((String) pairs[i + 1]);
            entries.put((String) pairs[i], Located.nowhere(value));
        }
        return new Value.Mapping(entries);
    }

    @ParameterizedTest
    @CsvSource({"443.9, 443", "1e999999999, ''", "1e-999999999, 0", "4294967296e9, ''"})
    void aNumberIsAPortOnlyIfItHasAsFewDigits(BigDecimal number, String expected) {
        assertThat(Ports.of(new Value.Numeric(number))).isEqualTo(Value.of(expected));
    }
}
