package dev.stepzero.govern.report;

import dev.stepzero.core.Severity;

/** Colours a text where colours are wanted, and draws with the characters that are there. */
public record Ink(boolean colours, boolean unicode) {

    public String severity(Severity severity, String text) {
        return wrap(
                switch (severity) {
                    case CRITICAL -> "1;97;41";
                    case HIGH -> "1;31";
                    case MEDIUM -> "1;33";
                    case LOW -> "1;36";
                },
                text);
    }

    public String good(String text) {
        return wrap("1;32", text);
    }

    public String bad(String text) {
        return wrap("1;31", text);
    }

    public String caution(String text) {
        return wrap("33", text);
    }

    public String strong(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String line(int columns) {
        return (unicode ? "─" : "-").repeat(Math.max(0, columns));
    }

    public String bar() {
        return unicode ? "│" : "|";
    }

    public String mark() {
        return unicode ? "▸" : ">";
    }

    public String dot() {
        return unicode ? " · " : ", ";
    }

    public String tick() {
        return unicode ? "✓" : "ok:";
    }

    public String cross() {
        return unicode ? "✗" : "!!";
    }

    private String wrap(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
