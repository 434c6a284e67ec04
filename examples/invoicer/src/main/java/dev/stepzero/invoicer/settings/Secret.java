package dev.stepzero.invoicer.settings;

/** A value that must not reach a log: whoever prints it by mistake prints nothing. */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
