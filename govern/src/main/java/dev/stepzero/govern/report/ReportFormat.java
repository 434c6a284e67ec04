package dev.stepzero.govern.report;

import java.io.IOException;
import java.io.Writer;

/** The forms that a report comes in. */
public enum ReportFormat {
    /** For people at a terminal. */
    TABLE,
    /** For scripts. */
    JSON,
    /** SARIF 2.1.0, for code-scanning pages. */
    SARIF,
    /** JUnit's XML, for build servers. */
    JUNIT,
    /** One page for a browser that needs nothing else. */
    HTML;

    /** Writes the whole report; what is written does not end before the last line does. */
    public void write(ScanResult result, Screen screen, Writer out) throws IOException {
        switch (this) {
            case TABLE -> new TableReport(screen, out).write(result);
            case JSON -> new JsonReport(out).write(result);
            case SARIF -> new SarifReport(out, result).write();
            case JUNIT -> new JunitReport(out).write(result);
            case HTML -> new HtmlReport(out).write(result);
        }
        out.flush();
    }
}
