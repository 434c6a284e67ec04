package dev.stepzero.invoicer.invoice;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/**
 * Reads the JSON of a request. As in the book's program, the case of keys does not matter and the last of several
 * spellings wins, unknown keys are ignored, and {@code null} leaves a value as it is. Identifiers and time stamps are
 * among the unknown keys: no caller can set them.
 */
final class InvoiceReader {
    static final int MOST_CHARGES = 100;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(40)
                    .maxNameLength(200)
                    .build())
            .build();

    private InvoiceReader() {}

    /** @throws Malformed when the body does not describe an invoice */
    static Change read(byte[] body) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), text(body))) {
            var change = invoice(json);
            if (json.nextToken() != null) {
                throw new Malformed("something follows the JSON value");
            }
            return change;
        } catch (UnexpectedEndOfInputException e) {
            throw new Malformed("unexpected end of JSON input");
        } catch (StreamConstraintsException e) {
            throw new Malformed("nested too deeply, or a name or number is too long");
        } catch (JacksonException e) {
            throw new Malformed(explain(e));
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("not valid UTF-8");
        }
    }

    /** In our words, as the parser's repeat parts of the input. */
    private static String explain(JacksonException e) {
        var what = e.getOriginalMessage().startsWith("Duplicate") ? "duplicate key" : "invalid JSON";
        var where = e.getLocation();
        return what + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    private static Change invoice(JsonParser json) {
        var first = json.nextToken();
        if (first == null) {
            throw new Malformed("unexpected end of JSON input");
        }
        if (first == JsonToken.VALUE_NULL) {
            return Change.NOTHING;
        }
        Value.expect(json, JsonToken.START_OBJECT, "the invoice", "an object");
        var change = Change.NOTHING;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var key = json.currentName().toLowerCase(Locale.ROOT);
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                change = member(json, key, change);
            }
        }
        return change;
    }

    private static Change member(JsonParser json, String key, Change change) {
        return switch (key) {
            case "is_paid" -> {
                var paid = Value.truth(json, key);
                yield change.then(terms -> terms.withPaid(paid));
            }
            case "amount" -> {
                var amount = Value.wholeAmount(json, key, Terms.LARGEST_AMOUNT);
                yield change.then(terms -> terms.withAmount(amount));
            }
            case "payment_date" -> {
                var date = Value.date(json, key);
                yield change.then(terms -> terms.withPaymentDate(date));
            }
            case "due_date" -> {
                var date = Value.date(json, key);
                yield change.then(terms -> terms.withDueDate(date));
            }
            case "charges" -> change.withCharges(charges(json));
            default -> {
                json.skipChildren();
                yield change;
            }
        };
    }

    private static List<Item> charges(JsonParser json) {
        Value.expect(json, JsonToken.START_ARRAY, "charges", "an array");
        var items = new ArrayList<Item>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MOST_CHARGES) {
                throw new Malformed("more than " + MOST_CHARGES + " charges at once");
            }
            items.add(item(json));
        }
        return items;
    }

    private static Item item(JsonParser json) {
        Value.expect(json, JsonToken.START_OBJECT, "a charge", "an object");
        var item = Item.EMPTY;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var key = json.currentName().toLowerCase(Locale.ROOT);
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            item = switch (key) {
                case "type" -> item.withType(Value.text(json, "charge type", Item.LONGEST_TYPE));
                case "amount" -> item.withAmount(Value.amount(json, "charge amount", Item.PRECISION, Item.SCALE));
                case "description" ->
                    item.withDescription(Value.text(json, "charge description", Item.LONGEST_DESCRIPTION));
                default -> {
                    json.skipChildren();
                    yield item;
                }
            };
        }
        return item;
    }
}
