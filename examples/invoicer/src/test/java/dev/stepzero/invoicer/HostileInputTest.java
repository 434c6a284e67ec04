package dev.stepzero.invoicer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static RunningApp app;
    private static String existing;

    @BeforeAll
    static void start() {
        app = RunningApp.start();
        existing = app.create("{\"amount\":42}");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("", 400, "unexpected end of JSON input"),
                arguments("   ", 400, "unexpected end of JSON input"),
                arguments("{", 400, "unexpected end of JSON input"),
                arguments("{\"amount\":1", 400, "unexpected end of JSON input"),
                arguments("[]", 400, "the invoice must be an object"),
                arguments("42", 400, "the invoice must be an object"),
                arguments("\"x\"", 400, "the invoice must be an object"),
                arguments("{} {}", 400, "something follows the JSON value"),
                arguments("{}x", 400, "invalid JSON at line 1, column 3"),
                arguments("{'amount':1}", 400, "invalid JSON at line 1, column 2"),
                arguments("{\"amount\":1,}", 400, "invalid JSON"),
                arguments("{\"amount\":01}", 400, "invalid JSON"),
                arguments("{\"amount\":NaN}", 400, "invalid JSON"),
                arguments("{\"amount\":0x1F}", 400, "invalid JSON"),
                arguments("{/**/}", 400, "invalid JSON"),
                arguments("\ufeff{}", 400, "invalid JSON"),
                arguments("{\"amount\":1,\"amount\":2}", 400, "duplicate key"),
                arguments("{\"charges\":[{\"type\":\"a\",\"type\":\"b\"}]}", 400, "duplicate key"),
                arguments("{\"x\":{\"y\":1,\"y\":2}}", 400, "duplicate key"),
                arguments("{\"amount\":12.5}", 400, "amount must be a whole number"),
                arguments("{\"amount\":1e3}", 400, "amount must be a whole number"),
                arguments("{\"amount\":\"12\"}", 400, "amount must be a whole number"),
                arguments("{\"amount\":true}", 400, "amount must be a whole number"),
                arguments("{\"amount\":[1]}", 400, "amount must be a whole number"),
                arguments("{\"amount\":-1}", 400, "amount must not be negative"),
                arguments("{\"amount\":-99999999999999999999999}", 400, "amount must not be negative"),
                arguments("{\"amount\":9007199254740992}", 400, "amount must not be larger than 9007199254740991"),
                arguments("{\"amount\":99999999999999999999999999}", 400, "amount must not be larger than"),
                arguments("{\"amount\":" + "9".repeat(5000) + "}", 400, "a name or number is too long"),
                arguments("{\"is_paid\":1}", 400, "is_paid must be true or false"),
                arguments("{\"is_paid\":\"true\"}", 400, "is_paid must be true or false"),
                arguments("{\"due_date\":\"07/05/2016\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"2016-02-30T00:00:00Z\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"2016-05-07T23:00:00\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"2016-05-07T23:59:60Z\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"0000-01-01T00:00:00Z\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"0001-01-01T00:00:00+02:00\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"9999-12-31T23:59:59.9999999Z\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":\"+10000-01-01T00:00:00Z\"}", 400, "due_date must be a date like"),
                arguments("{\"due_date\":1462662000}", 400, "due_date must be a date like"),
                arguments("{\"charges\":{}}", 400, "charges must be an array"),
                arguments("{\"charges\":[1]}", 400, "a charge must be an object"),
                arguments("{\"charges\":[null]}", 400, "a charge must be an object"),
                arguments("{\"charges\":[{\"amount\":\"1\"}]}", 400, "charge amount must be a number"),
                arguments("{\"charges\":[{\"amount\":-0.01}]}", 400, "charge amount must not be negative"),
                arguments("{\"charges\":[{\"amount\":0.00001}]}", 400, "not have more than 4 decimals"),
                arguments("{\"charges\":[{\"amount\":100000000000}]}", 400, "11 digits before the point"),
                arguments("{\"charges\":[{\"amount\":1e999999}]}", 400, "11 digits before the point"),
                arguments("{\"charges\":[{\"amount\":1e-999999}]}", 400, "not have more than 4 decimals"),
                arguments("{\"charges\":[{\"amount\":1e2147483647}]}", 400, "digits before the point"),
                arguments("{\"charges\":[{\"amount\":1e99999999999}]}", 400, "exponent that is too large"),
                arguments("{\"charges\":[{\"type\":1}]}", 400, "charge type must be text"),
                arguments("{\"charges\":[{\"type\":\"a\\u0000b\"}]}", 400, "charge type has control characters"),
                arguments("{\"charges\":[{\"type\":\"a\u0000b\"}]}", 400, "invalid JSON"),
                arguments("{\"charges\":[{\"type\":\"\\u001b[2J\"}]}", 400, "charge type has control characters"),
                arguments("{\"charges\":[{\"type\":\"\\ud800\"}]}", 400, "half a character"),
                arguments("{\"charges\":[{\"type\":\"\\udc00\\ud800\"}]}", 400, "half a character"),
                arguments("{\"charges\":[{\"type\":\"" + "x".repeat(101) + "\"}]}", 400, "not be longer than 100"),
                arguments("{\"charges\":[{\"description\":\"" + "x".repeat(2001) + "\"}]}", 400, "longer than 2000"),
                arguments("{\"charges\":[" + "{},".repeat(100) + "{}]}", 400, "more than 100 charges at once"),
                arguments("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", 400, "nested too deeply"),
                arguments("[".repeat(60_000), 400, "the invoice must be an object"),
                arguments("{\"" + "k".repeat(60_000) + "\":1}", 400, "a name or number is too long"),
                arguments("{\"x\":\"" + "y".repeat(64 * 1024) + "\"}", 413, "larger than 65536 bytes"),
                arguments("x".repeat(1024 * 1024), 413, "larger than 65536 bytes"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_hostile_body_gets_one_line_that_says_why(String body, int status, String reason) {
        for (var answer : List.of(app.post(body), app.put(existing, body))) {
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body())
                    .contains(reason)
                    .endsWith("\n")
                    .hasLineCount(1)
                    .hasSizeLessThan(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        }
        assertThat(app.get(existing).body()).contains("\"amount\":42");
    }

    static Stream<byte[]> brokenBytes() {
        return Stream.of(
                "{\"x\":\"\u00e4\"}".getBytes(ISO_8859_1),
                "{}".getBytes(UTF_16),
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {'"', (byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'});
    }

    @ParameterizedTest
    @MethodSource("brokenBytes")
    void what_is_not_utf_8_is_refused(byte[] body) {
        var answer =
                app.call("POST", "/invoice", body, "Authorization", RunningApp.basic("admin", RunningApp.PASSWORD));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("failed to parse request body: not valid UTF-8\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
                "application/json; charset=utf-16", "application/jsonp", "application/json, text/plain", "*/*"
            })
    void another_content_type_is_refused(String type) {
        assertThat(app.admin("POST", "/invoice", "{}", "Content-Type", type).statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""})
    void json_is_taken_however_it_is_announced(String type) {
        assertThat(app.admin("POST", "/invoice", "{}", "Content-Type", type).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip"})
    void a_compressed_body_is_refused_before_anything_unpacks_it(String coding) {
        assertThat(app.admin("POST", "/invoice", "{}", "Content-Encoding", coding)
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4\ud83d\ude00", "\t line\n", "'; DROP TABLE invoices; --", "{{user}} %s ${x}"})
    void unusual_but_proper_text_comes_back_unchanged(String text) {
        var escaped = text.replace("\t", "\\t").replace("\n", "\\n");

        var path = app.create("{\"charges\":[{\"description\":\"" + escaped + "\"}]}");

        assertThat(app.get(path).body()).contains("\"" + escaped + "\"");
    }
}
