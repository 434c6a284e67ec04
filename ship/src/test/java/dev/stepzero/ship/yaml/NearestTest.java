package dev.stepzero.ship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class NearestTest {

    @Property(seed = "7")
    void aWordIsNearestToItself(@ForAll("words") List<String> words, @ForAll @IntRange(max = 19) int choice) {
        var word = words.get(choice % words.size());

        assertThat(Nearest.to(word.toUpperCase(Locale.ROOT), words)).hasValue(word);
    }

    @Property(seed = "7")
    void twoLettersThatChangedPlacesAreOneMistake(@ForAll("word") String word, @ForAll @IntRange(max = 18) int place) {
        var at = place % (word.length() - 1);
        var typed = word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);

        assertThat(Nearest.to(typed, List.of(word))).hasValue(word);
    }

    @Property(seed = "7")
    void oneLetterTooFewOrTooManyIsForgiven(@ForAll("word") String word, @ForAll @IntRange(max = 18) int place) {
        var at = place % word.length();

        assertThat(Nearest.to(word.substring(0, at) + word.substring(at + 1), List.of(word)))
                .hasValue(word);
        assertThat(Nearest.to(word.substring(0, at) + "x" + word.substring(at), List.of(word)))
                .hasValue(word);
    }

    @Property(seed = "7")
    void theAnswerIsOneOfTheWords(@ForAll String typed, @ForAll("words") List<String> words) {
        assertThat(Nearest.to(typed, words))
                .matches(nearest -> nearest.map(words::contains).orElse(true));
    }

    @Property(seed = "7")
    void nothingIsNearAWordOfOtherLetters(@ForAll("word") String word) {
        assertThat(Nearest.to("0".repeat(word.length()), List.of(word)))
                .matches(nearest -> nearest.isEmpty() || word.length() <= 2);
    }

    @Example
    void nothingIsNearestAmongNoWords() {
        assertThat(Nearest.to("tset", List.of())).isEmpty();
    }

    @Example
    void aTypedTextOfAnyLengthIsAnsweredAtOnce() {
        assertThat(Nearest.to("x".repeat(1_000_000), List.of("test"))).isEmpty();
    }

    @Provide
    Arbitrary<String> word() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(2).ofMaxLength(20);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return word().list().uniqueElements().ofMinSize(1).ofMaxSize(20);
    }
}
