package dev.stepzero.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.server.proxy.TrustedProxies.Header;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = trusting(Header.X_FORWARDED_FOR, "10.0.0.0/8", "fd00::/8");

    @Test
    void whatAProxySaysCounts() {
        assertThat(client("10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "198.51.100.7, 10.2.2.2")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "198.51.100.7", "10.2.2.2")).isEqualTo("198.51.100.7");
        assertThat(client("fd00:0:0:0:0:0:0:1", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(client("10.0.0.1", "10.9.9.9"))
                .as("a client of the inner network")
                .isEqualTo("10.9.9.9");
    }

    @Test
    void whatSomebodyElseSaysDoesNot() {
        assertThat(client("198.51.100.7", "192.0.2.1")).isEqualTo("198.51.100.7");
        assertThat(client("198.51.100.7", "10.0.0.1")).isEqualTo("198.51.100.7");
        assertThat(TrustedProxies.NONE.client("127.0.0.1", List.of("192.0.2.1")))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void whatAClientWroteBeforeTheProxyIsNotReached() {
        assertThat(client("10.0.0.1", "192.0.2.1, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "10.3.3.3, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client("10.0.0.1", "192.0.2.1", "198.51.100.7")).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "",
                "example.org",
                "127.1",
                "999.1.1.1",
                "1.2.3.4.5",
                "::gg",
                "1.2.3.4, x",
                "\"",
                "[",
                "[]",
                "fe80::1%eth0",
                "2130706433",
                "0x7f.0.0.1"
            })
    void whatIsNoAddressIsNotGuessed(String said) {
        assertThat(client("10.0.0.1", said)).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7:4711, 198.51.100.7",
        "[2001:db8::7]:4711, 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "::ffff:198.51.100.7, 198.51.100.7"
    })
    void portsAndFormsMakeNoDifference(String said, String address) {
        assertThat(client("10.0.0.1", said)).isEqualTo(address);
    }

    @Test
    void onlyTheHeaderThatTheProxiesWriteIsRead() {
        var forwarded = trusting(Header.FORWARDED, "10.0.0.0/8");

        assertThat(forwarded.client(
                        "10.0.0.1", List.of("for=192.0.2.1, For=\"[2001:db8::7]:80\";proto=https;by=10.0.0.1")))
                .isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(forwarded.client("10.0.0.1", List.of("proto=https"))).isEqualTo("10.0.0.1");
        assertThat(forwarded.client("10.0.0.1", List.of("for=unknown"))).isEqualTo("10.0.0.1");
    }

    @Test
    void aLongListEndsSomewhere() {
        var many = String.join(",", java.util.Collections.nCopies(3000, "10.1.1.1"));

        assertThat(client("10.0.0.1", "198.51.100.7," + many)).isEqualTo("10.1.1.1");
    }

    private static String client(String peer, String... said) {
        return PROXIES.client(peer, Arrays.asList(said));
    }

    private static TrustedProxies trusting(Header header, String... ranges) {
        return new TrustedProxies(Arrays.stream(ranges).map(AddressRange::parse).toList(), header);
    }
}
