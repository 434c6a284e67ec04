package dev.stepzero.scan.sarif;

import dev.stepzero.core.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Further places of a result: the way that leads to it (section 3.36), or else what the tool relates to it. */
final class Way {
    private static final int MOST = 50;

    private final ToolRun run;
    private final Places places;

    Way(ToolRun run, Places places) {
        this.run = run;
        this.places = places;
    }

    List<Location> of(JsonNode result, Location end) {
        var steps = result.path("codeFlows").path(0).path("threadFlows").path(0).path("locations");
        var way = new ArrayList<Location>();
        for (int i = 0; i < steps.size(); i++) {
            // Of a very long way its beginning and its end say most.
            if (i < MOST / 2 || i >= steps.size() - MOST / 2) {
                way.add(place(location(steps.path(i))));
            }
        }
        if (way.isEmpty()) {
            Stream.concat(
                            result.path("locations").valueStream().skip(1),
                            result.path("relatedLocations").valueStream())
                    .limit(MOST)
                    .forEach(each -> way.add(place(each)));
        }
        // One step that only says again where the result is tells nothing.
        return way.size() == 1 && same(way.getFirst(), end) ? List.of() : way;
    }

    private static boolean same(Location one, Location other) {
        return one.file().equals(other.file()) && one.startLine() == other.startLine();
    }

    private JsonNode location(JsonNode step) {
        int index = step.path("index").asInt(-1);
        return step.path("location").isMissingNode() && index >= 0
                ? run.step(index).path("location")
                : step.path("location");
    }

    private Location place(JsonNode location) {
        var said = Texts.of(location.path("message"), location, run.driver());
        return places.of(location, Texts.cut(Texts.line(said), 300));
    }
}
