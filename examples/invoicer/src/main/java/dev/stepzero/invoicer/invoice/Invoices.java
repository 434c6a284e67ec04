package dev.stepzero.invoicer.invoice;

import dev.stepzero.invoicer.database.Database;
import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Call;
import dev.stepzero.invoicer.http.Refusal;
import dev.stepzero.invoicer.http.Route;
import dev.stepzero.invoicer.log.AppLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The invoices' part of the API. */
public final class Invoices {
    private static final String ONE = "/invoice/([0-9]{1,40})";
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");

    private final InvoiceStore store;
    private final AppLog log;

    public Invoices(Database database, AppLog log) {
        this.store = new InvoiceStore(database);
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(
                Route.closed("POST", "/invoice", this::create),
                Route.closed("GET", ONE, this::show),
                Route.closed("PUT", ONE, this::change),
                Route.closed("DELETE", ONE, this::delete));
    }

    private Answer create(Call call) {
        var id = store.create(body(call));
        note(call, "post-invoice", id);
        return Answer.text(201, "created invoice " + id).with("Location", "/invoice/" + id);
    }

    private Answer show(Call call) {
        return id(call).flatMap(store::find)
                .map(invoice -> Answer.json(InvoiceWriter.write(invoice)))
                .orElseThrow(() -> missing(call));
    }

    private Answer change(Call call) {
        var change = body(call);
        var id = id(call).filter(known -> changed(known, change)).orElseThrow(() -> missing(call));
        note(call, "put-invoice", id);
        return Answer.text(202, "updated invoice " + id);
    }

    private Answer delete(Call call) {
        var id = id(call).filter(store::delete).orElseThrow(() -> missing(call));
        note(call, "delete-invoice", id);
        return Answer.text(202, "deleted invoice " + id);
    }

    private boolean changed(long id, Change change) {
        try {
            return store.change(id, change);
        } catch (Malformed e) {
            throw Refusal.badRequest(e.reason());
        }
    }

    private static Change body(Call call) {
        // A missing type is let through, as the book's own examples send none.
        var type = call.header("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
        if (!JSON.matcher(type.strip()).matches()
                || call.header("content-encoding").isPresent()) {
            throw new Refusal(415, "the request body must be plain application/json in UTF-8");
        }
        try {
            return InvoiceReader.read(call.body().read());
        } catch (Malformed e) {
            throw Refusal.badRequest("failed to parse request body: " + e.reason());
        }
    }

    /** Empty for a number that no invoice can have. */
    private static Optional<Long> id(Call call) {
        try {
            return Optional.of(Long.valueOf(call.argument()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Refusal missing(Call call) {
        return new Refusal(404, "No invoice id " + call.argument());
    }

    private void note(Call call, String action, long id) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", "action");
        fields.put("msg", action + " " + id);
        fields.put("rid", call.id());
        fields.put("action", action);
        fields.put("invoice", id);
        fields.put("user", call.caller().label());
        log.info(fields);
    }
}
