package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.scan.yaml.LocatedYaml;
import dev.stepzero.scan.yaml.MalformedYaml;
import dev.stepzero.scan.yaml.TagReader;

/** YAML with positions. */
public final class YamlFuzz {
    private YamlFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            LocatedYaml.read("file.yaml", new String(input, UTF_8), TagReader.NONE);
        } catch (MalformedYaml documented) {
            // The documented way to refuse.
        }
    }
}
