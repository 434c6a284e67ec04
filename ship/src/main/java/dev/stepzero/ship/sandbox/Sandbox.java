package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.util.List;

/** Runs commands that are not to be trusted. */
public interface Sandbox {

    /** What it is, for people, such as {@code Podman 4.3.1}. */
    String name();

    /** What is weaker here than in the best sandbox, one sentence each; empty when nothing is. */
    List<String> weaknesses();

    /**
     * Runs a command to its end or to one of its limits, and leaves no process and no container behind.
     *
     * @param output gets each line, without control characters
     * @throws dev.stepzero.core.UserError if the sandbox itself fails
     * @throws InterruptedException if the run was cancelled; the command has been killed
     */
    SandboxResult run(SandboxCommand command, StepOutput output) throws InterruptedException;
}
