package dev.stepzero.scan.fuzz;

import dev.stepzero.scan.kubernetes.KubernetesReader;
import java.io.IOException;

/** Kubernetes manifests. */
public final class KubernetesFuzz {
    private static final OneFile FILE = new OneFile("manifest.yaml");

    private KubernetesFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException, InterruptedException {
        FILE.readBy(new KubernetesReader(), input);
    }
}
