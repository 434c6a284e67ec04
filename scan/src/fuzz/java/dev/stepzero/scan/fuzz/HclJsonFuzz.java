package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.scan.terraform.hcl.HclJson;

/** The JSON syntax of Terraform. */
public final class HclJsonFuzz {
    private HclJsonFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        HclJson.parse("main.tf.json", new String(input, UTF_8));
    }
}
