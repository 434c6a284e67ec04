package dev.stepzero.invoicer.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class InvoiceJsonTest {
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    @RepeatedTest(5)
    void what_is_printed_reads_back_as_the_same() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 100; i++) {
            var invoice = invoice(random);

            var change = InvoiceReader.read(InvoiceWriter.write(invoice));

            assertThat(change.terms().apply(Terms.EMPTY)).as("seed " + seed).isEqualTo(invoice.terms());
            assertThat(change.charges())
                    .as("seed " + seed)
                    .isEqualTo(invoice.charges().stream().map(Charge::item).toList());
        }
    }

    @RepeatedTest(5)
    void damaged_json_is_malformed_and_nothing_worse() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 200; i++) {
            var bytes = InvoiceWriter.write(invoice(random));
            for (var damage = random.nextInt(1, 5); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }

            readOrRefuse(bytes, "seed " + seed);
        }
    }

    @Test
    void every_beginning_of_a_document_is_malformed_and_nothing_worse() {
        var bytes = InvoiceWriter.write(invoice(new Random(1)));
        for (var length = 0; length < bytes.length; length++) {
            readOrRefuse(Arrays.copyOf(bytes, length), "length " + length);
        }
    }

    private static void readOrRefuse(byte[] bytes, String which) {
        try {
            InvoiceReader.read(bytes);
        } catch (Malformed e) {
            assertThat(e.reason()).as(which).matches("[\\x20-\\x7e]+");
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
    }

    private static Invoice invoice(RandomGenerator random) {
        var terms =
                new Terms(random.nextBoolean(), random.nextLong(Terms.LARGEST_AMOUNT + 1), time(random), time(random));
        var charges = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> new Charge(i, 1, time(random), time(random), item(random)))
                .toList();
        return new Invoice(random.nextLong(1, Long.MAX_VALUE), time(random), time(random), terms, charges);
    }

    private static Item item(RandomGenerator random) {
        var amount = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000L), Item.SCALE);
        return new Item(text(random, Item.LONGEST_TYPE), amount, text(random, Item.LONGEST_DESCRIPTION));
    }

    private static Instant time(RandomGenerator random) {
        var seconds = random.nextLong(Dates.NONE.getEpochSecond(), LATEST);
        return Instant.ofEpochSecond(seconds, random.nextLong(1_000_000_000)).truncatedTo(ChronoUnit.MICROS);
    }

    private static String text(RandomGenerator random, int longest) {
        var text = new StringBuilder();
        for (var length = random.nextInt(longest / 2); length > 0; length--) {
            var codePoint = random.nextInt(4) == 0 ? random.nextInt(0x10ffff) : random.nextInt(32, 127);
            if (!Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }
}
