package dev.stepzero.govern.report;

import dev.stepzero.core.Severity;

/** Colours a text where colours are wanted, and draws with the characters that are there. */
record Ink(boolean colours, boolean unicode) {

    String severity(Severity severity, String text) {
        return wrap(
                switch (severity) {
                    case CRITICAL -> "1;97;41";
                    case HIGH -> "1;31";
                    case MEDIUM -> "1;33";
                    case LOW -> "1;36";
                },
                text);
    }

    String good(String text) {
        return wrap("1;32", text);
    }

    String bad(String text) {
        return wrap("1;31", text);
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

    String line(int columns) {
        return (unicode ? "─" : "-").repeat(Math.max(0, columns));
    }

    String bar() {
        return unicode ? "│" : "|";
    }

    String mark() {
        return unicode ? "▸" : ">";
    }

    String dot() {
        return unicode ? " · " : ", ";
    }

    String tick() {
        return unicode ? "✓" : "ok:";
    }

    String cross() {
        return unicode ? "✗" : "!!";
    }

    private String wrap(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
