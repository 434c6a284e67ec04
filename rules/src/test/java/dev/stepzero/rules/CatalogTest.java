package dev.stepzero.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every rule that comes with Stepzero; that its examples come out is tested where they can be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogTest {
    private final List<RuleFile.Source> catalog = Catalog.read(Path.of("catalog"));

    @Test
    void everyControlExists() throws Exception {
        var frameworks = Frameworks.read(Path.of("frameworks"));

        assertThat(catalog.stream().flatMap(source -> frameworks.unknown(source.rule()).stream()))
                .isEmpty();
    }

    @Test
    void everyRuleTellsWhyAndHowToMendItAndHasExamples() {
        assertThat(catalog.stream()
                        .filter(source -> source.rule().why().length() < 20
                                || source.rule().fix().length() < 10
                                || source.examples().isEmpty())
                        .map(source -> source.rule().id()))
                .isEmpty();
    }

    @Test
    void theBuiltInRulesAreTheCatalog() {
        var builtIn = Rulebook.builtIn();

        assertThat(builtIn.size()).isEqualTo(catalog.size());
        assertThat(catalog)
                .allSatisfy(
                        source -> assertThat(RuleText.of(source.rule().id())).isPresent());
    }
}
