package dev.stepzero.cli;

/** Colours a text where colours are wanted. */
record Paint(boolean on) {

    String good(String text) {
        return wrap("32", text);
    }

    String bad(String text) {
        return wrap("31;1", text);
    }

    String caution(String text) {
        return wrap("33", text);
    }

    String strong(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    private String wrap(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
