package dev.stepzero.server.hooks;

/** Work on what was stored. */
@FunctionalInterface
interface InboxWork {
    /** Does one piece; false if there is none. */
    boolean once() throws InterruptedException;
}
