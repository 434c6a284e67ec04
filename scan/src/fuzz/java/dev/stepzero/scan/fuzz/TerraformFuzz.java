package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.terraform.TerraformReader;
import java.io.IOException;

/** A whole root module in one file: parsed, evaluated and expanded. */
public final class TerraformFuzz {
    private static final OneFile FILE = new OneFile("main.tf");

    private TerraformFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new TerraformReader(), input);
    }
}
