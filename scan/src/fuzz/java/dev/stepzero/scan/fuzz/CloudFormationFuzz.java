package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.cloudformation.CloudFormationReader;
import java.io.IOException;

/** A CloudFormation template in YAML. */
public final class CloudFormationFuzz {
    private static final OneFile FILE = new OneFile("template.yaml");

    private CloudFormationFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new CloudFormationReader(), input);
    }
}
