package dev.stepzero.invoicer.invoice;

import java.util.List;
import java.util.function.UnaryOperator;

/** What a request body asks for: new terms made from the present ones, and charges to add. */
record Change(UnaryOperator<Terms> terms, List<Item> charges) {
    static final Change NOTHING = new Change(UnaryOperator.identity(), List.of());

    Change {
        charges = List.copyOf(charges);
    }

    Change then(UnaryOperator<Terms> next) {
        return new Change(before -> next.apply(terms.apply(before)), charges);
    }

    Change withCharges(List<Item> items) {
        return new Change(terms, items);
    }
}
