package dev.stepzero.invoicer.invoice;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Writes an invoice as JSON, with the keys and their order of the book's program. */
final class InvoiceWriter {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new HtmlSafe())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private InvoiceWriter() {}

    static byte[] write(Invoice invoice) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("ID", invoice.id());
            json.writeStringProperty("CreatedAt", Dates.print(invoice.createdAt()));
            json.writeStringProperty("UpdatedAt", Dates.print(invoice.updatedAt()));
            json.writeNullProperty("DeletedAt");
            json.writeBooleanProperty("is_paid", invoice.terms().paid());
            json.writeNumberProperty("amount", invoice.terms().amount());
            json.writeStringProperty("payment_date", Dates.print(invoice.terms().paymentDate()));
            json.writeStringProperty("due_date", Dates.print(invoice.terms().dueDate()));
            json.writeArrayPropertyStart("charges");
            invoice.charges().forEach(charge -> write(json, charge));
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Charge charge) {
        json.writeStartObject();
        json.writeNumberProperty("ID", charge.id());
        json.writeStringProperty("CreatedAt", Dates.print(charge.createdAt()));
        json.writeStringProperty("UpdatedAt", Dates.print(charge.updatedAt()));
        json.writeNullProperty("DeletedAt");
        json.writeNumberProperty("invoice_id", charge.invoiceId());
        json.writeStringProperty("type", charge.item().type());
        json.writeNumberProperty("amount", charge.item().amount());
        json.writeStringProperty("description", charge.item().description());
        json.writeEndObject();
    }

    /** Keeps the answer harmless even where somebody pastes it into a page; the very set Go's encoder escapes. */
    private static final class HtmlSafe extends CharacterEscapes {
        private static final String UNSAFE = "<>&\u2028\u2029";
        private static final int[] ASCII = standardAsciiEscapesForJSON();

        static {
            UNSAFE.chars()
                    .filter(character -> character < ASCII.length)
                    .forEach(character -> ASCII[character] = ESCAPE_CUSTOM);
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return UNSAFE.indexOf(character) < 0 ? null : new SerializedString("\\u%04x".formatted(character));
        }
    }
}
