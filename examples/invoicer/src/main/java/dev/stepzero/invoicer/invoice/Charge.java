package dev.stepzero.invoicer.invoice;

import java.time.Instant;

/** One position of an invoice, as kept. */
record Charge(long id, long invoiceId, Instant createdAt, Instant updatedAt, Item item) {}
