package dev.stepzero.ship.containers;

/** What looking for a container engine came to. */
public sealed interface EngineSearch {

    /** An engine that answers. */
    record Found(ContainerEngine engine) implements EngineSearch {}

    /**
     * No engine that answers.
     *
     * @param reason what was tried and what is wrong with it, for the user
     */
    record Missing(String reason) implements EngineSearch {}
}
