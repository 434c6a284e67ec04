package dev.stepzero.scan.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class KeywordsTest {

    @Property(tries = 300)
    void findsWhatLookingForEachWordAtEachPlaceFinds(
            @ForAll @Size(min = 1, max = 6)
                    List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 4) String> words,
            @ForAll @CharRange(from = 'A', to = 'C') @CharRange(from = 'a', to = 'c') @StringLength(max = 60)
                    String text) {
        var distinct = words.stream().distinct().toList();
        var found = new ArrayList<String>();

        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        new Keywords(distinct).find(bytes, 0, bytes.length, (word, end) -> found.add(distinct.get(word) + "@" + end));

        var expected = new ArrayList<String>();
        var lower = text.toLowerCase(Locale.ROOT);
        for (int end = 1; end <= lower.length(); end++) {
            for (var word : distinct) {
                if (lower.substring(0, end).endsWith(word)) {
                    expected.add(word + "@" + end);
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
}
