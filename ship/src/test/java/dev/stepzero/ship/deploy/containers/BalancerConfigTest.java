package dev.stepzero.ship.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.EngineNetwork;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerConfigTest {
    private static final TierNetworks NETWORKS = new TierNetworks(
            new EngineNetwork("lb", "10.1.0.0/24", Map.of()),
            new EngineNetwork("app", "10.2.0.0/24", Map.of()),
            Optional.empty());

    @Test
    void bothColoursHaveAllTheirReplicasUnderAddressesOfTheirOwn() {
        var config = BalancerConfig.of(application(2, "/health"), NETWORKS);

        assertThat(config.text())
                .contains("server blue-1 10.2.0.11:9000\n", "server blue-2 10.2.0.12:9000\n")
                .contains("server green-1 10.2.0.131:9000\n", "server green-2 10.2.0.132:9000\n")
                .doesNotContain("{backends}", "{shape}", "{colour}", "{health}");
    }

    @Test
    void whatIsDifferentHasAnotherShape() {
        var two = BalancerConfig.of(application(2, "/health"), NETWORKS);
        var three = BalancerConfig.of(application(3, "/health"), NETWORKS);

        assertThat(two.shape()).isNotEqualTo(three.shape());
        assertThat(two.text()).contains("description stepzero-" + two.shape());
        assertThat(BalancerConfig.of(application(2, "/health"), NETWORKS)).isEqualTo(two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "health", "/a b", "/a'b", "/a\nfrontend evil", "/a#b", "/a\"b", "/a\\b"})
    void aPathThatCouldSayMoreThanAPathIsRefused(String path) {
        assertThatThrownBy(() -> BalancerConfig.of(application(2, path), NETWORKS))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.status()).isEqualTo(ExitStatus.UNREADABLE));
    }

    private static EnvironmentSpec.Application application(int replicas, String health) {
        return new EnvironmentSpec.Application(
                9000, "PORT", replicas, health, "/version", Map.of(), List.of(), 64, Duration.ofSeconds(1));
    }
}
