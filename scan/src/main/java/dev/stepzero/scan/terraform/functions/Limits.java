package dev.stepzero.scan.terraform.functions;

/** How large answers may grow: a few lines of hostile code must not fill the memory. */
final class Limits {
    static final int MOST_CHARACTERS = 16 << 20;
    static final int MOST_ITEMS = 200_000;

    private Limits() {}

    static void characters(long count) {
        if (count > MOST_CHARACTERS) {
            throw new FunctionError("the text would have more than %d characters".formatted(MOST_CHARACTERS));
        }
    }

    static void items(long count) {
        if (count > MOST_ITEMS) {
            throw new FunctionError("the list would have more than %d elements".formatted(MOST_ITEMS));
        }
    }
}
