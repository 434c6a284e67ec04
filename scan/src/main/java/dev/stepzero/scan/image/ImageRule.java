package dev.stepzero.scan.image;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import java.util.List;
import java.util.Set;

/** What every finding of one check has in common. */
record ImageRule(
        String id,
        Severity severity,
        String title,
        String fix,
        List<String> aliases,
        List<String> controls,
        Set<Stride> stride) {

    /** A finding on a part of the image; the value tells two findings on the same part from each other. */
    Finding at(String part, String message, String value) {
        var resource = "image:" + part;
        return new Finding(
                id,
                aliases,
                title,
                severity,
                Location.of(Printable.of(resource)),
                message,
                fix,
                controls,
                List.of(),
                stride,
                List.of(),
                Finding.fingerprint(id, resource, value));
    }
}
