package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.terraform.plan.PlanReader;
import java.io.IOException;

/** A Terraform plan or state in JSON. */
public final class PlanFuzz {
    private static final OneFile FILE = new OneFile("plan.json");

    private PlanFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new PlanReader(), input);
    }
}
