package dev.stepzero.ship.sandbox;

import dev.stepzero.ship.engine.StepOutput;
import java.util.List;

/** A place where commands of a project run without the rights, files and network of whoever started Stepzero. */
public interface Sandbox {

    /** What isolates, for people: {@code container}, {@code process}. */
    String name();

    /** What is weaker here than in the best sandbox, one sentence each. */
    List<String> weaknesses();

    /**
     * Runs the command to its end. Nothing that it started lives on, however this returns, and the files that it left
     * in the workspace belong to whom the workspace belonged before.
     *
     * @param output takes the command's lines, cleaned of control characters
     * @throws dev.stepzero.core.UserError if the sandbox itself fails; a failing command is a result
     * @throws InterruptedException if the run was cancelled
     */
    SandboxResult run(SandboxCommand command, StepOutput output) throws InterruptedException;
}
