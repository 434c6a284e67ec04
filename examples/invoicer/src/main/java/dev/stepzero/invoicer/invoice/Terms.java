package dev.stepzero.invoicer.invoice;

import java.time.Instant;

/**
 * What a caller can set about an invoice.
 *
 * @param amount in the currency's smallest unit, so that it is a whole number
 * @param paymentDate {@link Dates#NONE} where there is none
 * @param dueDate {@link Dates#NONE} where there is none
 */
record Terms(boolean paid, long amount, Instant paymentDate, Instant dueDate) {
    /** 2^53 - 1: beyond it a browser's numbers are no longer exact. */
    static final long LARGEST_AMOUNT = 9_007_199_254_740_991L;

    static final Terms EMPTY = new Terms(false, 0, Dates.NONE, Dates.NONE);

    Terms withPaid(boolean value) {
        return new Terms(value, amount, paymentDate, dueDate);
    }

    Terms withAmount(long value) {
        return new Terms(paid, value, paymentDate, dueDate);
    }

    Terms withPaymentDate(Instant value) {
        return new Terms(paid, amount, value, dueDate);
    }

    Terms withDueDate(Instant value) {
        return new Terms(paid, amount, paymentDate, value);
    }
}
