package dev.stepzero.scan.sbom;

import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An SBOM of any standard; what can be read can be written. */
public final class SbomFuzz {
    private SbomFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try {
            var sbom = SbomReader.read(new ByteArrayInputStream(input));
            for (var format : SbomFormat.values()) {
                format.write(sbom, new ByteArrayOutputStream());
            }
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }
}
