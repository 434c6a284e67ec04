package dev.stepzero.ship.project;

import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.ship.yaml.YamlFile;
import dev.stepzero.ship.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** The {@code waivers} of a file. */
final class WaiverList {
    private WaiverList() {}

    /** Reads a file that holds nothing but waivers. @throws UserError with file, line and what to write instead */
    static List<WrittenWaiver> read(String name, String content) {
        return YamlFile.read(name, content, ProjectShape.waivers())
                .map(WaiverList::of)
                .orElse(List.of());
    }

    /** Those of a file that was checked. */
    static List<WrittenWaiver> of(YamlValue.Mapping file) {
        return file.items("waivers").stream()
                .map(item -> written((YamlValue.Mapping) item))
                .toList();
    }

    private static WrittenWaiver written(YamlValue.Mapping item) {
        var place = item.place();
        var colon = place.lastIndexOf(':');
        return colon < 0
                ? new WrittenWaiver(waiver(item), place, 0)
                : new WrittenWaiver(
                        waiver(item), place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
    }

    private static Waiver waiver(YamlValue.Mapping waiver) {
        try {
            return new Waiver(
                    waiver.text("rule").orElseThrow(),
                    waiver.text("resource").orElse("*"),
                    waiver.text("owner").orElseThrow(),
                    waiver.text("reason").orElseThrow(),
                    day(waiver.scalar("until").orElseThrow()));
        } catch (UserError e) {
            throw e.where().isPresent() ? e : e.at(waiver.place());
        }
    }

    private static LocalDate day(YamlValue.Scalar until) {
        try {
            return LocalDate.parse(until.text());
        } catch (DateTimeException e) {
            throw UserError.unreadable("there is no day " + until.text())
                    .at(until.place())
                    .fix("write a day such as 2027-01-31")
                    .because(e);
        }
    }
}
