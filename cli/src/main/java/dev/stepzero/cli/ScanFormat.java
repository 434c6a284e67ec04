package dev.stepzero.cli;

import dev.stepzero.govern.report.ReportFormat;
import dev.stepzero.scan.sbom.SbomFormat;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code scan --format} takes: a report on what is wrong, or a bill of what is there. */
enum ScanFormat {
    TABLE(ReportFormat.TABLE, null),
    JSON(ReportFormat.JSON, null),
    SARIF(ReportFormat.SARIF, null),
    JUNIT(ReportFormat.JUNIT, null),
    HTML(ReportFormat.HTML, null),
    CYCLONEDX(ReportFormat.TABLE, SbomFormat.CYCLONEDX),
    SPDX(ReportFormat.TABLE, SbomFormat.SPDX),
    SPDX3(ReportFormat.TABLE, SbomFormat.SPDX3);

    private final ReportFormat report;
    private final @Nullable SbomFormat sbom;

    ScanFormat(ReportFormat report, @Nullable SbomFormat sbom) {
        this.report = report;
        this.sbom = sbom;
    }

    ReportFormat report() {
        return report;
    }

    /** The standard of the bill of materials; empty for a report. */
    Optional<SbomFormat> sbom() {
        return Optional.ofNullable(sbom);
    }

    /** The format that a file's name promises. */
    static ScanFormat promised(Path file) {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(".cdx.json")) {
            return CYCLONEDX;
        }
        if (name.endsWith(".spdx3.json")) {
            return SPDX3;
        }
        if (name.endsWith(".spdx.json")) {
            return SPDX;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> JSON;
            case "sarif" -> SARIF;
            case "xml" -> JUNIT;
            case "html", "htm" -> HTML;
            default -> TABLE;
        };
    }
}
