package dev.stepzero.ship.sandbox;

import java.io.ByteArrayInputStream;

/** A test report in XML, as the project's own commands write it. */
public final class TestReportFuzz {
    private TestReportFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        var tally = new ReportTally();
        ReportReader.read(new ByteArrayInputStream(input), tally, "TEST-fuzz.xml");
        tally.report();
    }
}
