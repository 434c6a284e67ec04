package dev.stepzero.invoicer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvoiceApiTest {
    private static final String TIME = "\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{0,5}[1-9])?Z\"";
    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_posted_invoice_is_created_and_its_place_told() {
        var answer = app.post("{\"amount\":1664}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).matches("created invoice [0-9]+");
        var id = answer.body().replace("created invoice ", "");
        assertThat(answer.headers().firstValue("Location")).contains("/invoice/" + id);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void an_invoice_comes_back_with_the_keys_of_the_book_in_their_order() {
        var path = app.create("""
                {"is_paid": false, "amount": 1664, "due_date": "2016-05-07T23:00:00Z",
                 "charges": [{"type": "blood work", "amount": 1664, "description": "<b>&"}]}""");

        var answer = app.get(path);

        var id = path.replace("/invoice/", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .matches("\\{\"ID\":" + id + ",\"CreatedAt\":" + TIME + ",\"UpdatedAt\":" + TIME
                        + ",\"DeletedAt\":null,\"is_paid\":false,\"amount\":1664"
                        + ",\"payment_date\":\"0001-01-01T00:00:00Z\",\"due_date\":\"2016-05-07T23:00:00Z\""
                        + ",\"charges\":\\[\\{\"ID\":[0-9]+,\"CreatedAt\":" + TIME + ",\"UpdatedAt\":" + TIME
                        + ",\"DeletedAt\":null,\"invoice_id\":" + id + ",\"type\":\"blood work\",\"amount\":1664"
                        + ",\"description\":\"\\\\u003cb\\\\u003e\\\\u0026\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", " {} ", "{\"charges\":null,\"amount\":null,\"due_date\":null}"})
    void an_empty_invoice_has_zeros_and_no_charges(String body) {
        assertThat(app.get(app.create(body)).body())
                .endsWith("\"is_paid\":false,\"amount\":0,\"payment_date\":\"0001-01-01T00:00:00Z\","
                        + "\"due_date\":\"0001-01-01T00:00:00Z\",\"charges\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2016-05-07T23:00:00+02:00      | 2016-05-07T21:00:00Z",
                "2016-05-08T00:00:00.123456789Z | 2016-05-08T00:00:00.123457Z",
                "2016-05-08T00:00:00.5Z         | 2016-05-08T00:00:00.5Z",
                "9999-12-31T23:59:59.999999Z    | 9999-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z           | 0001-01-01T00:00:00Z"
            })
    void dates_come_back_in_utc_to_the_microsecond(String sent, String received) {
        assertThat(app.get(app.create("{\"due_date\":\"" + sent + "\"}")).body())
                .contains("\"due_date\":\"" + received + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1664,1664",
        "10.25,10.25",
        "0.1,0.1",
        "1e2,100",
        "12.50,12.5",
        "0.0000,0",
        "99999999999.9999,99999999999.9999"
    })
    void charge_amounts_are_kept_exactly(String sent, String received) {
        assertThat(app.get(app.create("{\"charges\":[{\"amount\":" + sent + "}]}"))
                        .body())
                .contains("\"type\":\"\",\"amount\":" + received + ",");
    }

    @Test
    void the_largest_invoice_amount_is_what_a_browser_still_counts_exactly() {
        assertThat(app.get(app.create("{\"amount\":9007199254740991}")).body()).contains("\"amount\":9007199254740991");
    }

    @Test
    void the_case_of_keys_does_not_matter_and_unknown_keys_are_ignored() {
        var path =
                app.create("{\"amount\":3,\"nope\":{\"a\":[1]},\"AMOUNT\":4,\"Charges\":[{\"TYPE\":\"a\",\"x\":[]}]}");

        assertThat(app.get(path).body()).contains("\"amount\":4").contains("\"type\":\"a\"");
    }

    @Test
    void identifiers_and_times_of_the_caller_are_ignored() {
        var path = app.create("""
                {"ID": 77, "CreatedAt": "1999-01-01T00:00:00Z", "DeletedAt": "1999-01-01T00:00:00Z",
                 "charges": [{"ID": 88, "invoice_id": 99}]}""");

        assertThat(app.get(path).body())
                .startsWith("{\"ID\":" + path.replace("/invoice/", "") + ",")
                .contains("\"invoice_id\":" + path.replace("/invoice/", ""))
                .doesNotContain("1999");
    }

    @Test
    void a_put_changes_what_it_names_and_keeps_the_rest() {
        var path = app.create("{\"amount\":5,\"due_date\":\"2016-05-07T23:00:00Z\",\"charges\":[{\"type\":\"a\"}]}");

        var answer = app.put(path, "{\"is_paid\":true,\"payment_date\":\"2016-06-01T00:00:00Z\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("updated invoice " + path.replace("/invoice/", ""));
        assertThat(app.get(path).body())
                .contains("\"is_paid\":true,\"amount\":5,\"payment_date\":\"2016-06-01T00:00:00Z\"")
                .contains("\"due_date\":\"2016-05-07T23:00:00Z\"")
                .containsOnlyOnce("\"type\"");
    }

    @Test
    void charges_of_a_put_are_added() {
        var path = app.create("{\"charges\":[{\"type\":\"first\"}]}");

        app.put(path, "{\"charges\":[{\"type\":\"second\",\"amount\":10.25}]}");

        assertThat(app.get(path).body()).containsSubsequence("first", "second", "10.25");
    }

    @Test
    void a_put_cannot_reach_another_invoice() {
        var mine = app.create("{\"amount\":1}");
        var other = app.create("{\"amount\":2}");

        var answer = app.put(mine, "{\"ID\":" + other.replace("/invoice/", "") + ",\"amount\":666}");

        assertThat(answer.body()).isEqualTo("updated invoice " + mine.replace("/invoice/", ""));
        assertThat(app.get(mine).body()).contains("\"amount\":666");
        assertThat(app.get(other).body()).contains("\"amount\":2,");
    }

    @Test
    void an_invoice_takes_no_more_than_a_thousand_charges() {
        var hundred = "{\"charges\":[" + "{},".repeat(99) + "{}]}";
        var path = app.create(hundred);
        for (var i = 0; i < 9; i++) {
            assertThat(app.put(path, hundred).statusCode()).isEqualTo(202);
        }

        var answer = app.put(path, "{\"amount\":7,\"charges\":[{}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("an invoice has at most 1000 charges\n");
        assertThat(app.get(path).body()).contains("\"amount\":0,\"payment_date\"");
    }

    @Test
    void a_deleted_invoice_is_gone_for_every_method() {
        var path = app.create("{}");
        var id = path.replace("/invoice/", "");

        var answer = app.delete(path);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("deleted invoice " + id);
        assertThat(app.get(path).statusCode()).isEqualTo(404);
        assertThat(app.put(path, "{}").statusCode()).isEqualTo(404);
        assertThat(app.delete(path).statusCode()).isEqualTo(404);
        assertThat(app.get(path).body()).isEqualTo("No invoice id " + id + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "987654321", "99999999999999999999"})
    void a_number_without_invoice_is_not_found(String id) {
        assertThat(app.get("/invoice/" + id).statusCode()).isEqualTo(404);
        assertThat(app.get("/invoice/" + id).body()).isEqualTo("No invoice id " + id + "\n");
        assertThat(app.put("/invoice/" + id, "{}").statusCode()).isEqualTo(404);
        assertThat(app.delete("/invoice/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/invoice/abc",
                "/invoice/1/",
                "/invoice/-1",
                "/invoice/%31",
                "/invoice/1;x=1",
                "/invoice/delete/1",
                "/statics/none.js",
                "/statics/",
                "//",
                "/invoice/11111111111111111111111111111111111111111"
            })
    void other_paths_are_not_found(String path) {
        var answer = app.get(path);

        assertThat(answer.statusCode()).isBetween(400, 404).isNotIn(401, 402, 403);
        assertThat(answer.body()).matches("4[0-9]{2} [A-Za-z ]+\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH   | /invoice/1     | DELETE, GET, HEAD, PUT",
                "POST    | /invoice/1     | DELETE, GET, HEAD, PUT",
                "GET     | /invoice       | POST",
                "OPTIONS | /invoice       | POST",
                "TRACE   | /              | GET, HEAD",
                "POST    | /              | GET, HEAD",
                "DELETE  | /__version__   | GET, HEAD",
                "POST    | /__heartbeat__ | GET, HEAD"
            })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed) {
        var answer = app.admin(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @Test
    void head_answers_as_get_does_but_without_a_body() {
        var path = app.create("{}");

        var head = app.admin("HEAD", path, "");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(String.valueOf(app.get(path).body().length()));
        assertThat(app.call("HEAD", "/__heartbeat__").statusCode()).isEqualTo(200);
        assertThat(app.call("HEAD", "/__version__").statusCode()).isEqualTo(200);
        assertThat(app.admin("HEAD", "/", "").statusCode()).isEqualTo(200);
        assertThat(app.admin("HEAD", "/invoice/0", "").statusCode()).isEqualTo(404);
    }
}
