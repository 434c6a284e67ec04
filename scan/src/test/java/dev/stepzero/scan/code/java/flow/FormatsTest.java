package dev.stepzero.scan.code.java.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is known of how a formatted text begins holds, whatever goes in. */
class FormatsTest {
    @Test
    void aFormatBeginsAsWhatIsKnownOfIt() {
        assertThat(begins("java/lang/String", "%s/a/%d%%/%s/b", "https://x", 7)).isEqualTo("https://x/a/7%/");
        assertThat(begins("java/lang/String", "a%5s")).isEqualTo("a");
        assertThat(begins("java/text/MessageFormat", "it''s {1} {0} b", "x", "y"))
                .isEqualTo("it's y x b");
        assertThat(begins("java/text/MessageFormat", "a '{0}' b", "x")).isEqualTo("a ");
    }

    @Property(tries = 500)
    void itNeverClaimsWhatJavaDoesNotPrint(
            @ForAll("printed") String format, @ForAll("values") List<Object> values, @ForAll("others") String other) {
        assertThat(formatted(() -> String.format(format, with(values, other))))
                .startsWith(begins("java/lang/String", format, values.toArray()));
    }

    @Property(tries = 500)
    void itNeverClaimsWhatAMessageDoesNotSay(
            @ForAll("numbered") String format, @ForAll("values") List<Object> values, @ForAll("others") String other) {
        assertThat(formatted(() -> MessageFormat.format(format, with(values, other))))
                .startsWith(begins("java/text/MessageFormat", format, values.toArray()));
    }

    @Provide
    Arbitrary<String> printed() {
        return pieces("a", "/", "%s", "%d", "%%", "%n", "%1$s", "%2$s", "%5s", "%-3s", "%S", "'", "{0}", "%.1s", "%<s");
    }

    @Provide
    Arbitrary<String> numbered() {
        return pieces("a", "/", "'", "''", "{0}", "{1}", "{2}", "{0,number}", "'{0}'", "%s", "}");
    }

    private static Arbitrary<String> pieces(String... all) {
        return Arbitraries.of(all).list().ofMaxSize(7).map(each -> String.join("", each));
    }

    /** Null stands for what is not known. */
    @Provide
    Arbitrary<List<Object>> values() {
        return Arbitraries.<Object>of("x", "%s", "https://h", 7, 1_234_567, -1, UNKNOWN)
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> others() {
        return Arbitraries.of("", "evil", "x", "{1}");
    }

    private static final Object UNKNOWN = List.of();

    private static Object[] with(List<Object> values, String other) {
        return values.stream().map(each -> each == UNKNOWN ? other : each).toArray();
    }

    private static String formatted(java.util.function.Supplier<String> format) {
        try {
            return format.get();
        } catch (IllegalArgumentException e) {
            Assume.that(false);
            return "";
        }
    }

    private static String begins(String owner, String format, Object... values) {
        Map<Object, Value> parts = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            parts.put(i, values[i] == UNKNOWN ? Value.UNKNOWN : Value.constant(values[i]));
        }
        var heap =
                new Heap(Map.of(1, Thing.of(Shape.ARRAY, "[Ljava/lang/Object;").withElements(parts, values.length)));
        var type = MethodTypeDesc.of(
                ConstantDescs.CD_String, ConstantDescs.CD_String, ConstantDescs.CD_Object.arrayType());
        var call = new Call(
                owner,
                "format",
                type,
                Optional.empty(),
                List.of(Value.constant(format), Value.thing(1, "[Ljava/lang/Object;")),
                false,
                new Place("app/Example", "handle()V", 1, 1));
        return new Formats(call, heap).start();
    }
}
