package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.scan.terraform.hcl.HclParser;

/** The native syntax of Terraform. */
public final class HclFuzz {
    private HclFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        HclParser.parse("main.tf", new String(input, UTF_8));
    }
}
