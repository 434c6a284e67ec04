package dev.stepzero.ship.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProjectFilePropertyTest {

    @Property(tries = 2_000, seed = "7")
    void whateverBytesComeTheAnswerIsAProjectOrAUserErrorThatNamesTheFile(@ForAll byte[] bytes) {
        assertThat(outcome(bytes)).isEmpty();
    }

    @Property(tries = 3_000, seed = "7")
    void anyMixtureOfTheFilesOwnWordsIsAProjectOrAUserErrorThatNamesTheFile(@ForAll("lines") String file) {
        assertThat(outcome(file.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Provide
    Arbitrary<String> lines() {
        var words = Arbitraries.of(
                "environments:",
                "  production:",
                "    database:",
                "    database: {}",
                "      role: a",
                "      owner: a",
                "    loadBalancer:",
                "      address: 1.2",
                "      address: '::1'",
                "      port: 1",
                "    application:",
                "      health: /x",
                "waivers:",
                "  - rule: r",
                "    owner: o",
                "    reason: x",
                "    until: 2027-02-30",
                "    until: 2027-02-20",
                "steps:",
                "  lint: {run: x}",
                "  b: {run: x, needs: [lint]}",
                "  c: {needs: [d]}",
                "app: shop",
                "test: {timeout: 999999h}",
                "build:",
                "  budget: 5",
                "gate: {failOn: low}",
                "  - x",
                "{",
                "#");
        return words.list().ofMaxSize(12).map(list -> String.join("\n", list));
    }

    private static Optional<Throwable> outcome(byte[] bytes) {
        try {
            new ProjectReader(path -> Optional.of(bytes).filter(each -> !path.equals("stepzero-waivers.yaml")), "app")
                    .read();
            return Optional.empty();
        } catch (UserError e) {
            return e.where().filter(place -> place.startsWith("stepzero.yaml")).isPresent()
                    ? Optional.empty()
                    : Optional.of(e);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }
}
