package dev.stepzero.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final CelCompiler COMPILER = new CelCompiler();
    private static final Value SECRET = Unknown.because("var.x");

    private final Map<String, Value> attributes = new LinkedHashMap<>();
    private final List<Resource> others = new ArrayList<>();
    private final IdentityHashMap<Value.Text, Set<Reference>> sources = new IdentityHashMap<>();

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
        1 + 1 == 2                                   -> true
        resource.port == 22 && resource.on == true                 -> true
        resource.no == false || resource.no == 0              -> false
        resource.nothing.below.it == null            -> true
        has(resource.nothing)                        -> false
        [1, 2, 3].exists(x, x > 2)                   -> true
        [1, 2, 3].all(x, x > 2)                      -> false
        [].all(x, false)                             -> true
        [1, 2, 3].filter(x, x > 1).size() == 2       -> true
        ["a", "b"].map(x, upper(x)) == ["A", "B"]    -> true
        "b" in ["a", "b"]                            -> true
        "abc".startsWith("ab") && "abc".matches("b") -> true
        older("TLS1_0", "1.2")                       -> true
        older("TLSv1.2_2021", "1.2")                 -> false
        duration_days("P1M") > 30                    -> true
        duration_days("720h") == 30                  -> true
        empty("") && empty([]) && empty(null)        -> true
        split("a,b", ",") == ["a", "b"]              -> true
        true ? false : true                          -> false
        """)
    void knownValuesAreDecided(String condition, boolean expected) throws Exception {
        attributes.put("port", Value.of("22"));
        attributes.put("on", Value.of("true"));

        assertThat(ask(condition)).isEqualTo(Value.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.x == 1",
                "!(resource.x == 1)",
                "resource.x",
                "true && resource.x",
                "false || resource.x",
                "resource.x.y.exists(e, e == 1)",
                "resource.x == null",
                "[resource.x, 2].exists(e, e == 1)",
                "[resource.x, 2].all(e, e == 2)",
                "internet(resource.x)",
                "ports(resource.x).includes(22)",
                "lower(resource.x) == 'a'",
                "older(resource.x, '1.2')",
            })
    void whatDependsOnAnUnknownIsUndecidedAndSaysWhy(String condition) throws Exception {
        attributes.put("x", SECRET);

        var answer = Answers.truth(ask(condition));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.chain()).contains("var.x"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
        false && resource.x                -> false
        resource.x && false                -> false
        resource.x || true                 -> true
        [resource.x, 1].exists(e, e == 1)  -> true
        [resource.x, 1].all(e, e == 2)     -> false
        resource.key == null               -> false
        resource.arn == "bucket"           -> false
        resource.arn.startsWith("arn:")    -> true
        resource.arn.startsWith("x")       -> false
        resource.path.endsWith("/get")     -> true
        resource.path.endsWith("x/a/get")  -> false
        resource.either == 7               -> false
        resource.either < 7                -> true
        resource.either in [1, 2, 3]       -> true
        """)
    void whatIsKnownOfAnUnknownMayDecide(String condition, boolean expected) throws Exception {
        attributes.put("x", SECRET);
        attributes.put("key", Unknown.computed(new Reference("aws_kms_key.k", "arn")));
        attributes.put("arn", Unknown.text(List.of(Value.of("arn:aws:s3:::"), SECRET)));
        attributes.put("path", Unknown.text(List.of(SECRET, Value.of("/y/a/get"))));
        attributes.put("either", Unknown.either("var.big", Value.of(1), Value.of(2)));

        assertThat(ask(condition)).isEqualTo(Value.of(expected));
    }

    @Test
    void aBlockThatStandsOnceIsReadThrough() throws Exception {
        attributes.put("versioning", Value.listOf(List.of(object("enabled", Value.TRUE))));
        attributes.put("rule", Value.listOf(List.of(object("port", Value.of(1)), object("port", Value.of(2)))));

        assertThat(ask("resource.versioning.enabled")).isEqualTo(Value.TRUE);
        assertThat(ask("resource.rule.port == [1, 2]")).isEqualTo(Value.TRUE);
    }

    @Test
    void neighboursAreFoundByReferenceAndByName() throws Exception {
        attributes.put("bucket", Value.of("logs-of-us"));
        others.add(resource("aws_x", "aws_x.byname", object("bucket", Value.of("logs-of-us"))));
        others.add(resource(
                "aws_y", "aws_y.byref", object("target", Unknown.computed(new Reference("aws_s3_bucket.me", "id")))));

        assertThat(ask("attached('aws_x').size() == 1")).isEqualTo(Value.TRUE);
        assertThat(ask("attached(['aws_y']).exists(y, y.target != null)")).isEqualTo(Value.TRUE);
        assertThat(ask("attached('aws_z').size() == 0")).isEqualTo(Value.TRUE);
    }

    @Test
    void anAddressWrittenAsTextIsAReferenceToo() throws Exception {
        others.add(resource("aws_x", "aws_x.bytext", object("target", Value.of("aws_s3_bucket.me"))));

        assertThat(ask("attached('aws_x').size() == 1")).isEqualTo(Value.TRUE);
        assertThat(ask("referred('aws_x.bytext', 'aws_x').size() == 1")).isEqualTo(Value.TRUE);
    }

    @Test
    void namesakesAreToldApartByWhatTheirNameWasTakenFrom() throws Exception {
        attributes.put("name", new Value.Text("shared"));
        var other = new Value.Text("shared");
        others.add(resource("aws_s3_bucket", "aws_s3_bucket.other", object("name", other)));
        others.add(resource("aws_x", "aws_x.of_other", object("server_name", other)));
        others.add(resource("aws_y", "aws_y.of_any", object("server_name", new Value.Text("shared"))));

        assertThat(ask("attached('aws_x').size() == 0")).isEqualTo(Value.TRUE);
        assertThat(ask("attached('aws_y').size() == 1")).isEqualTo(Value.TRUE);
    }

    @Test
    void aKnownTextRefersToWhatItWasReadFromAndToNoNamesakeOfThat() throws Exception {
        var name = new Value.Text("shared");
        var mine = new Value.Text("shared");
        var theirs = new Value.Text("shared");
        sources.put(mine, Set.of(new Reference("aws_s3_bucket.me", "bucket")));
        sources.put(theirs, Set.of(new Reference("aws_s3_bucket.other", "bucket")));
        attributes.put("bucket", name);
        others.add(resource("aws_s3_bucket", "aws_s3_bucket.other", object("bucket", name)));
        others.add(resource("aws_x", "aws_x.of_me", object("target", mine)));
        others.add(resource("aws_y", "aws_y.of_other", object("target", theirs)));

        assertThat(ask("attached('aws_x').size() == 1")).isEqualTo(Value.TRUE);
        assertThat(ask("attached('aws_y').size() == 0")).isEqualTo(Value.TRUE);
    }

    @Test
    void aNeighbourThatMayPointHereLeavesItOpen() throws Exception {
        others.add(resource("aws_x", "aws_x.maybe", object("bucket", SECRET)));

        assertThat(ask("attached('aws_x').size() == 0")).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resource.", "nobody == 1", "no_such_function(1)", "internet()", "resource.x ==", "1 + 'a'"})
    void whatIsNoConditionIsRefusedWhenItIsCompiled(String condition) {
        assertThatThrownBy(() -> COMPILER.compile(condition, List.of("resource")))
                .isInstanceOf(MalformedCondition.class)
                .hasMessageContaining("ERROR");
    }

    @Test
    void aCertificateIsReadAndMeasuredByTheDay() throws Exception {
        attributes.put("certificate", Value.of("""
                -----BEGIN CERTIFICATE-----
                MIIBTjCB9KADAgECAgkAsGm8v4XC9NQwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAxMQ
                c2hvcC5leGFtcGxlLmNvbTAeFw0xNTAxMDEwMDAwMDBaFw0xNjAxMDEwMDAwMDBa
                MBsxGTAXBgNVBAMTEHNob3AuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjO
                PQMBBwNCAATDx8Si85bU8zUY7NJCjYKY28ztVPuUwU14zVvn5UMrLlYkAAy0ie6+
                cjYPFX+p7zeMVyfvE+SF8ToQyO9TPcTFoyEwHzAdBgNVHQ4EFgQUQis47zdMAu96
                s1bnJtrcDIqezZ0wCgYIKoZIzj0EAwIDSQAwRgIhALa5qYu5amcSrxjAXmkh9Pq4
                MINBxBgOtQdMOg308j8XAiEAqwQ8jjAKdCfNHCg+Ih4m40RffWBcV1jcgB8x449o
                dK0=
                -----END CERTIFICATE-----
                """));

        assertThat(ask("certificate(resource.certificate).not_after")).isEqualTo(Value.of("2016-01-01"));
        assertThat(ask("certificate(resource.certificate).not_after < today()")).isEqualTo(Value.TRUE);
        assertThat(ask("certificate(resource.certificate).key_algorithm")).isEqualTo(Value.of("EC"));
        assertThat(ask("certificate(resource.certificate).key_bits == 256")).isEqualTo(Value.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AAAA",
                "-----BEGIN CERTIFICATE-----",
                "-----END CERTIFICATE----------BEGIN CERTIFICATE-----"
            })
    void whatIsNoCertificateIsNothing(String text) throws Exception {
        attributes.put("certificate", Value.of(text));

        assertThat(ask("certificate(resource.certificate)")).isEqualTo(Value.ABSENT);
        assertThat(ask("certificate(resource.certificate).not_after < today()")).isEqualTo(Value.FALSE);
    }

    @Test
    void nestedVariablesOfOneNameDoNotMix() throws Exception {
        assertThat(ask("[[1], [2]].exists(x, x.exists(y, y == 2) && size(x) == 1)"))
                .isEqualTo(Value.TRUE);
        assertThat(ask("[1].all(x, [2].all(x, x == 2) && x == 1)")).isEqualTo(Value.TRUE);
    }

    private Value ask(String text) throws MalformedCondition {
        var linker = new Linker(List.of());
        var condition = linker.link(COMPILER.compile(text, List.of("resource")));
        var me = resource("aws_s3_bucket", "aws_s3_bucket.me", object(attributes));
        var all = new ArrayList<>(others);
        all.add(me);
        var scope = new Scope(me, new Neighbours(new Resources(all, sources)), new Answered(), TODAY, linker.slots());
        scope.set(0, me.attributes());
        return condition.ask(scope);
    }

    private static Resource resource(String kind, String address, Value.Mapping attributes) {
        return new Resource(kind, address, attributes, Position.NONE, Origin.of(Format.TERRAFORM));
    }

    private static Value.Mapping object(String name, Value value) {
        return object(Map.of(name, value));
    }

    private static Value.Mapping object(Map<String, Value> values) {
        var entries = new LinkedHashMap<String, Located>();
        values.forEach((name, value) -> entries.put(name, Located.nowhere(value)));
        return new Value.Mapping(entries);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
        str(resource.many) == "1E+999999999"         -> true
        lower(resource.many) == "1e+999999999"       -> true
        resource.many + 1 > 0                         -> false
        number("1e999999999") == null                -> true
        duration_days("1e999999999d") == null        -> true
        resource.many > 1                            -> true
        ports(resource.many).count() == 0            -> true
        """)
    void aNumberOfAThousandMillionDigitsIsNeverWrittenOut(String condition, boolean expected) throws Exception {
        attributes.put("many", new Value.Numeric(new BigDecimal("1e999999999")));

        assertThat(ask(condition)).isEqualTo(Value.of(expected));
    }
}
