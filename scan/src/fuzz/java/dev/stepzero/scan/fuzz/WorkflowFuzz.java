package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.github.WorkflowReader;
import java.io.IOException;

/** A GitHub workflow. */
public final class WorkflowFuzz {
    private static final OneFile FILE = new OneFile(".github/workflows/workflow.yml");

    private WorkflowFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new WorkflowReader(), input);
    }
}
