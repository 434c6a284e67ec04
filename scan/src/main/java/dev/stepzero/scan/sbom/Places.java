package dev.stepzero.scan.sbom;

import dev.stepzero.scan.packages.Component;
import java.util.ArrayList;
import java.util.List;

/** Places as SPDX can hold them: a line of text each. */
final class Places {
    private static final String FOUND = "found at ";
    private static final String LINE = ", line ";
    private static final String LAYER = ", layer ";

    private Places() {}

    static String written(List<Component.Place> places) {
        var text = new StringBuilder();
        for (var place : places) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(FOUND)
                    .append(place.path().replace('\n', ' '));
            if (place.line() > 0) {
                text.append(LINE).append(place.line());
            }
            if (place.layer() >= 0) {
                text.append(LAYER).append(place.layer());
            }
        }
        return text.toString();
    }

    /** The places in a text; what others wrote there is none. */
    static List<Component.Place> read(String text) {
        var places = new ArrayList<Component.Place>();
        for (var line : text.split("\n", -1)) {
            if (line.startsWith(FOUND)) {
                places.add(place(line.substring(FOUND.length())));
            }
        }
        return places;
    }

    private static Component.Place place(String text) {
        var rest = text;
        int layer = -1;
        int at = rest.lastIndexOf(LAYER);
        if (at >= 0 && number(rest.substring(at + LAYER.length()), -1) >= 0) {
            layer = number(rest.substring(at + LAYER.length()), -1);
            rest = rest.substring(0, at);
        }
        int line = 0;
        at = rest.lastIndexOf(LINE);
        if (at >= 0 && number(rest.substring(at + LINE.length()), 0) > 0) {
            line = number(rest.substring(at + LINE.length()), 0);
            rest = rest.substring(0, at);
        }
        return new Component.Place(rest, line, layer);
    }

    static int number(String text, int otherwise) {
        if (text.isEmpty() || text.length() > 9) {
            return otherwise;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        return Integer.parseInt(text);
    }
}
