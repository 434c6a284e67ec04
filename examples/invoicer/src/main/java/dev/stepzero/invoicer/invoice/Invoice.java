package dev.stepzero.invoicer.invoice;

import java.time.Instant;
import java.util.List;

/** An invoice as kept. Deleted ones stay in the database, but nobody gets to see them. */
record Invoice(long id, Instant createdAt, Instant updatedAt, Terms terms, List<Charge> charges) {
    /** How many charges an invoice can have, however they were added. */
    static final int MOST_CHARGES = 1000;

    Invoice {
        charges = List.copyOf(charges);
    }
}
