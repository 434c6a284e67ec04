package dev.stepzero.govern.report;

import dev.stepzero.core.Priority;
import dev.stepzero.core.Reach;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;

/** What sets a finding before others of its severity, as the reports for programs write it. */
final class PriorityFields {
    private PriorityFields() {}

    /** Writes {@code exploited}, {@code epss} and {@code reach}, each where it is known of. */
    static void write(Priority priority, JsonWriter json) throws IOException {
        if (priority.exploited()) {
            json.field("exploited", true);
        }
        if (priority.probability().isPresent()) {
            json.name("epss").value(BigDecimal.valueOf(priority.probability().get()));
        }
        if (priority.reach().isPresent()) {
            reach(priority.reach().get(), json);
        }
    }

    private static void reach(Reach reach, JsonWriter json) throws IOException {
        json.name("reach").flat().object().field("answer", Words.of(reach.answer()));
        if (!reach.because().isEmpty()) {
            json.field("because", reach.because());
        }
        if (!reach.path().isEmpty()) {
            json.field("path", reach.path());
        }
        json.endObject();
    }
}
