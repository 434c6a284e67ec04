package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LeafTest {

    @Test
    void aLeafIsWrittenInCanonicalForm() {
        var entry = new Entry(
                new Actor("ada", "s1", "192.0.2.7"),
                "key.rotate",
                new Thing("key", "SHA256:abc", "invoicer", "production"),
                Instant.parse("2026-11-21T12:00:00.5Z"),
                Outcome.SUCCEEDED,
                "it was \"old\"\u001b\n€",
                Details.of(Map.of("b", List.of(1, true, "x"), "a", Map.of())));

        assertThat(Leaf.json(entry.canonical(), Instant.parse("2026-11-21T12:00:01Z"), 7))
                .isEqualTo("""
                {"entry":{"action":"key.rotate","address":"192.0.2.7","at":"2026-11-21T12:00:00.500000Z",\
                "details":{"a":{},"b":[1,true,"x"]},"environment":"production","object":"SHA256:abc",\
                "outcome":"succeeded","principal":"ada","project":"invoicer","reason":"it was \\"old\\"\\u001b\\n€",\
                "session":"s1","type":"key"},"recorded":"2026-11-21T12:00:01.000000Z","seq":7,"v":1}""");
    }

    @Property(tries = 300)
    void whateverAnybodySendsIsWrittenAndReadBack(
            @ForAll String principal,
            @ForAll String object,
            @ForAll String reason,
            @ForAll Map<String, String> details,
            @ForAll @LongRange(min = -60_000_000_000L, max = 200_000_000_000L) long seconds) {
        var entry = new Entry(
                new Actor(principal, principal, object),
                "key.create",
                new Thing(reason, object, principal, reason),
                Instant.ofEpochSecond(seconds),
                Outcome.FAILED,
                reason,
                Details.of(details));
        var json = Leaf.json(entry.canonical(), Instant.EPOCH, 5);

        assertThat(Leaf.parse(json)).isEqualTo(new Leaf(5, Instant.EPOCH, entry, json));
        assertThat(json).doesNotContain("\n", "\0");
    }

    @Property(tries = 300)
    void noOtherTextIsALeaf(@ForAll String text) {
        assertThatThrownBy(() -> Leaf.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameInOtherWordsIsNoLeaf() {
        var json = Leaf.json(Entries.number(1).canonical(), Entries.NOON, 1);
        for (var other : List.of(
                json + " ",
                json.replace("\"seq\":1", "\"seq\":1.0"),
                json.replace("\"seq\":1", "\"seq\":01"),
                json.replace("\"v\":1", "\"v\":2"),
                json.replace("\"v\":1", "\"v\":1,\"w\":1"),
                json.replace("\"seq\":1", "\"seq\":1,\"seq\":1"),
                json.replace("because", "\\u0062ecause"),
                json.replace(".123456Z", ".123456+00:00"),
                json.replace(":{\"i\":1}", ":[]"),
                json.replace(":{\"i\":1}", ":{\"i\":1e0}"))) {
            assertThat(other).isNotEqualTo(json);
            assertThatThrownBy(() -> Leaf.parse(other)).as(other).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsTooLongIsCutAndSaysSo() {
        var entry = new Entry(
                new Actor("x".repeat(100_000), "", ""),
                "key.create",
                Thing.of("key", "😀".repeat(5000)),
                Entries.NOON,
                Outcome.DENIED,
                "r".repeat(1 << 20),
                Details.of(Map.of("huge", "\u0001".repeat(1 << 20))));

        assertThat(entry.who().principal()).hasSize(256).endsWith("(100000 characters in all)");
        assertThat(entry.what().id()).hasSizeLessThanOrEqualTo(512).doesNotContain("\ufffd");
        assertThat(entry.reason()).hasSize(4000);
        assertThat(entry.canonical()).hasSizeLessThan(LeafReader.LONGEST);
        assertThat(Leaf.parseEntry(entry.canonical())).isEqualTo(entry);
    }

    @Test
    void whatNoDatabaseCanHoldIsReplaced() {
        assertThat(new Actor("a\0b\ud800c", "", "").principal()).isEqualTo("a\ufffdb\ufffdc");
        assertThat(Details.of(Map.of("k\0", "v\udc00")).json()).isEqualTo("{\"k\ufffd\":\"v\ufffd\"}");
    }

    @Test
    void detailsThatNotEveryReaderUnderstandsAlikeAreRefused() {
        var endless = new ArrayList<Object>();
        endless.add(endless);
        for (var details :
                List.of(Map.of("a", 1.5), Map.of("a", 1L << 53), Map.of("a", new Object()), Map.of("a", endless))) {
            assertThatThrownBy(() -> Details.of(details)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
