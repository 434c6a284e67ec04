package dev.stepzero.scan.sbom;

import java.io.IOException;
import java.io.OutputStream;

/** The standards in which an SBOM can be written. */
public enum SbomFormat {
    /** CycloneDX 1.6 as JSON, ECMA-424. */
    CYCLONEDX,
    /** SPDX 2.3 as JSON, of which 2.2.1 is ISO/IEC 5962. */
    SPDX,
    /** SPDX 3.0.1 as JSON-LD. */
    SPDX3;

    /** Writes the document in UTF-8; the stream is left open. */
    public void write(Sbom sbom, OutputStream out) throws IOException {
        try (var json = Documents.writer(out)) {
            switch (this) {
                case CYCLONEDX -> new CycloneDxWriter(json).write(sbom);
                case SPDX -> new SpdxWriter(json).write(sbom);
                case SPDX3 -> new Spdx3Writer(json).write(sbom);
            }
        }
        out.write('\n');
    }
}
