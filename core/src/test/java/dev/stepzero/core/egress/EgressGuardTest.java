package dev.stepzero.core.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "forge.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
            "half.example", List.of("93.184.216.34", "127.0.0.1"),
            "lan.example", List.of("10.1.2.3"));

    private static EgressGuard guard(String... allowed) {
        return new EgressGuard(Arrays.stream(allowed).map(AddressRange::parse).collect(Collectors.toSet()), host -> {
            if (host.matches("[0-9.]+|.*:.*")) {
                return List.of(InetAddress.ofLiteral(host));
            }
            if (!NAMES.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            return NAMES.get(host).stream().map(InetAddress::ofLiteral).toList();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[::127.0.0.1]",
                "[fe80::1]",
                "[fec0::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::a9fe:a9fe]",
                "[2002:7f00:1::]",
                "[2001:db8::1]",
                "[2001::1]"
            })
    void addressesThatAreNotForEverybodyAreRefused(String address) {
        assertThatThrownBy(() -> guard().resolve(address)).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "8.8.8.8",
                "[2606:2800:220:1::1]",
                "[64:ff9b::808:808]",
                "172.32.0.1",
                "100.128.0.1"
            })
    void publicAddressesPass(String address) {
        assertThat(guard().resolve(address)).hasSize(1);
    }

    @Test
    void aNameIsRefusedIfAnyOfItsAddressesIsClosed() {
        assertThat(guard().resolve("forge.example")).hasSize(2);
        assertThatThrownBy(() -> guard().resolve("half.example"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void theOperatorOpensBlocksButMetadataOnlyByName() {
        assertThat(guard("10.1.0.0/16").resolve("lan.example")).hasSize(1);
        assertThatThrownBy(() -> guard("10.2.0.0/16").resolve("lan.example")).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> guard("169.254.0.0/16", "0.0.0.0/0").resolve("169.254.169.254"))
                .isInstanceOf(UserError.class);
        assertThat(guard("169.254.169.254").resolve("169.254.169.254")).hasSize(1);
    }

    @Test
    void aUrlIsHttpsWithoutCredentials() {
        assertThat(guard().check(URI.create("https://forge.example/api"))).hasHost("forge.example");
        assertThat(guard("10.0.0.0/8").check(URI.create("http://lan.example:3000/")))
                .hasPort(3000);
        for (var wrong : List.of(
                "http://forge.example/",
                "https://u:p@forge.example/",
                "file:///etc/passwd",
                "gopher://forge.example/",
                "mailto:a@b",
                "/api",
                "https:///path")) {
            assertThatThrownBy(() -> guard("10.0.0.0/8").check(URI.create(wrong)))
                    .as(wrong)
                    .isInstanceOf(UserError.class)
                    .message()
                    .doesNotContain("u:p");
        }
    }

    @Test
    void unknownNamesAndNoBlocksAreErrorsThatSaySo() {
        assertThatThrownBy(() -> guard().resolve("nowhere.example"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nowhere.example");
        for (var wrong : Set.of("10.0.0.0/33", "10.0.0/8", "host.example/8", "10.0.0.0/x", "")) {
            assertThatThrownBy(() -> AddressRange.parse(wrong)).as(wrong).isInstanceOf(UserError.class);
        }
    }
}
