package dev.stepzero.scan.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.Severity;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.rules.secrets.Specimen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    @TempDir
    Path temporary;

    private final SecretRule rule =
            SecretRulebook.builtIn().rule("secret-github-pat").orElseThrow();
    private final String token = Specimen.of(rule, new SplittableRandom(1));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Finding finding(Predicate<String> accepts) throws Exception {
        server.createContext("/user", exchange -> {
            var header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(accepts.test(header) ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
        var url = "http://127.0.0.1:%d/user".formatted(server.getAddress().getPort());
        var probe = new SecretRule.Probe("GET", url, "Authorization: Bearer {secret}", "", 200, "", List.of(401));
        var asking = new SecretRule(
                rule.id(),
                rule.title(),
                rule.severity(),
                rule.aliases(),
                rule.keywords(),
                rule.form(),
                rule.expression(),
                rule.back(),
                rule.path(),
                rule.entropy(),
                rule.checksum(),
                rule.companion(),
                rule.why(),
                rule.fix(),
                Optional.of(probe));
        var sightings = new Sightings(SecretHash.of(List.of(), new Home(temporary)));
        sightings.add(new Hit(asking, token, 0, token.length(), false, List.of("x")), new Place("a", 1, ""));
        var guard = EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.1/32")));
        new Verification(Issuer.over(guard), new SplittableRandom(2)).ask(sightings.all(), new Journal(sightings));
        return sightings.findings().getFirst();
    }

    @Test
    void aKeyIsLiveWhereItsIssuerTakesItAndRefusesAnInventedOne() throws Exception {
        var finding = finding(("Bearer " + token)::equals);

        assertThat(finding.message()).contains("says that it is live");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void anIssuerThatTakesAnythingTellsNothing() throws Exception {
        assertThat(finding(header -> true).message())
                .contains("says yes to anything")
                .doesNotContain("live");
    }

    @Test
    void aKeyThatItsIssuerRefusesIsOfLittleWeight() throws Exception {
        var finding = finding(header -> false);

        assertThat(finding.message()).contains("does not know it");
        assertThat(finding.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void addressesThatAreNotForEverybodyAreNotAsked() {
        var probe = new SecretRule.Probe("GET", "https://127.0.0.1/", "", "", 200, "", List.of());

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Issuer.overTheNetwork().ask(probe, token)))
                .hasMessageContaining("not for everybody");
    }
}
