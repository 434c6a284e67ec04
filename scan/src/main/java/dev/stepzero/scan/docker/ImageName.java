package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a reference to an image; each may be absent, or unknown where a variable stands in it.
 *
 * @param image the name without registry, tag and digest: {@code library/node}
 */
record ImageName(Value registry, Value image, Value tag, Value digest) {
    /** Stands for an unknown part while the text is taken apart. */
    private static final char HOLE = '\uFFFC';

    private static final int MOST_PARTS = 100;

    static ImageName of(Value reference) {
        var holes = new ArrayList<Value>();
        var text = new StringBuilder();
        var parts = reference instanceof Unknown unknown
                        && !unknown.parts().isEmpty()
                        && unknown.parts().size() <= MOST_PARTS
                ? unknown.parts()
                : List.of(reference);
        for (var part : parts) {
            if (part instanceof Value.Text known) {
                text.append(known.value().replace(HOLE, '?'));
            } else {
                holes.add(part);
                text.append(HOLE);
            }
        }
        return of(text.toString(), holes);
    }

    /** What stands before and behind a character's first known place; the second is absent if it has none. */
    static List<Value> split(Value text, char at) {
        if (text instanceof Value.Text known) {
            int found = known.value().indexOf(at);
            return found < 0
                    ? List.of(text, Value.ABSENT)
                    : List.of(
                            Value.of(known.value().substring(0, found)),
                            Value.of(known.value().substring(found + 1)));
        }
        if (text instanceof Unknown unknown) {
            for (int i = 0; i < unknown.parts().size(); i++) {
                if (unknown.parts().get(i) instanceof Value.Text part
                        && part.value().indexOf(at) >= 0) {
                    return split(unknown.parts(), i, part.value(), part.value().indexOf(at));
                }
            }
        }
        return List.of(text, text);
    }

    private static List<Value> split(List<Value> parts, int part, String text, int at) {
        var before = new ArrayList<>(parts.subList(0, part));
        before.add(Value.of(text.substring(0, at)));
        var after = new ArrayList<Value>();
        after.add(Value.of(text.substring(at + 1)));
        after.addAll(parts.subList(part + 1, parts.size()));
        return List.of(joined(before), joined(after));
    }

    private static Value joined(List<Value> parts) {
        parts.removeIf(part -> part.equals(Value.of("")));
        return parts.isEmpty() ? Value.of("") : Unknown.text(parts);
    }

    private static ImageName of(String text, List<Value> holes) {
        int at = text.indexOf('@');
        var named = at < 0 ? text : text.substring(0, at);
        int slash = named.lastIndexOf('/');
        int colon = named.indexOf(':', slash + 1);
        boolean openEnd = named.indexOf(HOLE, slash + 1) >= 0;
        var tag = colon >= 0
                ? filled(named, colon + 1, named.length(), holes)
                : openEnd ? Unknown.because(reason(named, slash + 1, holes)) : Value.ABSENT;
        var digest = at >= 0
                ? filled(text, at + 1, text.length(), holes)
                : openEnd ? Unknown.because(reason(named, slash + 1, holes)) : Value.ABSENT;
        int end = colon < 0 ? named.length() : colon;
        int first = named.indexOf('/');
        boolean registered = first > 0 && isRegistry(named.substring(0, first));
        return new ImageName(
                registered ? filled(named, 0, first, holes) : Value.ABSENT,
                filled(named, registered ? first + 1 : 0, end, holes),
                tag,
                digest);
    }

    private static boolean isRegistry(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.indexOf(HOLE) >= 0
                || first.equals("localhost");
    }

    private static String reason(String text, int from, List<Value> holes) {
        return hole(text, text.indexOf(HOLE, from), holes) instanceof Unknown unknown ? unknown.chain() : "a variable";
    }

    private static Value hole(String text, int at, List<Value> holes) {
        int index = 0;
        for (int i = 0; i < at; i++) {
            index += text.charAt(i) == HOLE ? 1 : 0;
        }
        return holes.get(index);
    }

    private static Value filled(String text, int from, int to, List<Value> holes) {
        var parts = new ArrayList<Value>();
        int start = from;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == HOLE) {
                if (i > start) {
                    parts.add(Value.of(text.substring(start, i)));
                }
                parts.add(hole(text, i, holes));
                start = i + 1;
            }
        }
        if (to > start) {
            parts.add(Value.of(text.substring(start, to)));
        }
        return parts.isEmpty() ? Value.of("") : Unknown.text(parts);
    }
}
