package dev.stepzero.scan.sbom;

import java.io.IOException;
import java.io.OutputStream;

/** The standards in which an SBOM can be written. */
public enum SbomFormat {
    /** CycloneDX 1.6 as JSON, ECMA-424. */
    CYCLONEDX("application/vnd.cyclonedx+json", "https://cyclonedx.org/bom"),
    /** SPDX 2.3 as JSON, of which 2.2.1 is ISO/IEC 5962. */
    SPDX("application/spdx+json", "https://spdx.dev/Document/v2.3");

    private final String mediaType;
    private final String predicateType;

    SbomFormat(String mediaType, String predicateType) {
        this.mediaType = mediaType;
        this.predicateType = predicateType;
    }

    /** The document's media type. */
    public String mediaType() {
        return mediaType;
    }

    /** The in-toto predicate type under which such a document is attested. */
    public String predicateType() {
        return predicateType;
    }

    /** Writes the document in UTF-8; the stream is left open. */
    public void write(Sbom sbom, OutputStream out) throws IOException {
        try (var json = Documents.writer(out)) {
            switch (this) {
                case CYCLONEDX -> new CycloneDxWriter(json).write(sbom);
                case SPDX -> new SpdxWriter(json).write(sbom);
            }
        }
        out.write('\n');
    }
}
