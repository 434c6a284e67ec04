package dev.stepzero.invoicer.invoice;

import java.math.BigDecimal;

/**
 * What a caller can set about a charge.
 *
 * @param amount exact, with at most {@link #SCALE} decimals and {@link #PRECISION} digits in all: as many as survive
 *     the way through a JavaScript number
 */
record Item(String type, BigDecimal amount, String description) {
    static final int PRECISION = 15;
    static final int SCALE = 4;
    static final int LONGEST_TYPE = 100;
    static final int LONGEST_DESCRIPTION = 2000;

    static final Item EMPTY = new Item("", BigDecimal.ZERO, "");

    /** Equal amounts are to be equal items, however many zeros they were written with. */
    Item {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    Item withType(String value) {
        return new Item(value, amount, description);
    }

    Item withAmount(BigDecimal value) {
        return new Item(type, value, description);
    }

    Item withDescription(String value) {
        return new Item(type, amount, value);
    }
}
