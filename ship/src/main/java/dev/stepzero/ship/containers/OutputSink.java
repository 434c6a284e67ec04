package dev.stepzero.ship.containers;

/** Takes what a container writes. */
@FunctionalInterface
public interface OutputSink {

    /** Takes the next bytes, which need not end where a line or a character does. */
    void take(byte[] bytes);
}
