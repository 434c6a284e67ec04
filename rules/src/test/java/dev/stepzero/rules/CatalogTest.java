package dev.stepzero.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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

        assertThat(catalog)
                .allSatisfy(source ->
                        assertThatCode(() -> frameworks.check(source.rule())).doesNotThrowAnyException());
    }

    @Test
    void everyRuleTellsWhyAndHowToMendIt() {
        assertThat(catalog).allSatisfy(source -> {
            assertThat(source.rule().why()).as(source.rule().id()).hasSizeGreaterThan(20);
            assertThat(source.rule().fix()).as(source.rule().id()).hasSizeGreaterThan(10);
            assertThat(source.examples()).as(source.rule().id()).isNotEmpty();
        });
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
