package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every report as it was last read and found good; {@code STEPZERO_WRITE_GOLDEN=1} writes them anew, to be read again. */
class GoldenReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/stepzero/govern/report");

    private static void requireGolden(String name, String written) throws IOException {
        var file = GOLDEN.resolve(name);
        if ("1".equals(System.getenv("STEPZERO_WRITE_GOLDEN"))) {
            Files.writeString(file, written);
        }
        assertThat(written).isEqualTo(Files.readString(file));
    }

    @Test
    void theTableIsAsItWas() throws IOException {
        var screen = new Screen(100, false, true, true);

        requireGolden("shop.table.txt", Samples.written(ReportFormat.TABLE, Samples.shop(), screen));
    }

    @Test
    void theTableWithColoursIsAsItWas() throws IOException {
        var screen = new Screen(80, true, true, false);

        requireGolden("shop.colours.txt", Samples.written(ReportFormat.TABLE, Samples.shop(), screen));
    }

    @Test
    void theTableOfAnAsciiTerminalIsAsItWas() throws IOException {
        var screen = new Screen(60, false, false, false);

        requireGolden("shop.ascii.txt", Samples.written(ReportFormat.TABLE, Samples.shop(), screen));
    }

    @Test
    void theTableOfNoFindingIsAsItWas() throws IOException {
        requireGolden("nothing.table.txt", Samples.written(ReportFormat.TABLE, Samples.nothing()));
    }

    @Test
    void theJsonIsAsItWas() throws IOException {
        requireGolden("shop.json", Samples.written(ReportFormat.JSON, Samples.shop()));
    }

    @Test
    void theSarifIsAsItWas() throws IOException {
        requireGolden("shop.sarif", Samples.written(ReportFormat.SARIF, Samples.shop()));
    }

    @Test
    void theJunitReportIsAsItWas() throws IOException {
        requireGolden("shop.junit.xml", Samples.written(ReportFormat.JUNIT, Samples.shop()));
    }

    @Test
    void theJunitReportOfNoFindingIsAsItWas() throws IOException {
        requireGolden("nothing.junit.xml", Samples.written(ReportFormat.JUNIT, Samples.nothing()));
    }

    @Test
    void thePageIsAsItWas() throws IOException {
        requireGolden("shop.html", Samples.written(ReportFormat.HTML, Samples.shop()));
    }
}
