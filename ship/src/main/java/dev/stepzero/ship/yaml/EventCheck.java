package dev.stepzero.ship.yaml;

import dev.stepzero.core.UserError;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Refuses tags, anchors, aliases, depth and further documents while the text is read, before a tree is made of it: an
 * alias can repeat a collection without end, and a deep tree overflows the stack of whoever walks it.
 */
final class EventCheck {
    private static final int MOST_DEPTH = 50;

    private final String file;
    private int documents;
    private int depth;
    private boolean hasContent;

    EventCheck(String file) {
        this.file = file;
    }

    /** Whether there is anything but comments and document marks. */
    boolean refuseIn(Iterable<Event> events) {
        events.forEach(this::refuse);
        return hasContent;
    }

    private void refuse(Event event) {
        switch (event) {
            case DocumentStartEvent start -> {
                if (++documents > 1) {
                    throw refused(start, "there is more than one document", "keep one document, without further '---'");
                }
            }
            case AliasEvent alias -> throw refused(alias, "aliases are not allowed", "write the value itself");
            case ScalarEvent scalar -> {
                refuseMarks(scalar, scalar.getTag());
                hasContent |=
                        depth > 0 || !scalar.isPlain() || !scalar.getValue().isEmpty();
            }
            case CollectionStartEvent start -> {
                refuseMarks(start, start.getTag());
                hasContent = true;
                if (++depth > MOST_DEPTH) {
                    throw refused(
                            start, "the file is nested too deeply", "write at most %d levels".formatted(MOST_DEPTH));
                }
            }
            case CollectionEndEvent end -> depth--;
            default -> {
                // Marks of streams and comments say nothing about values.
            }
        }
    }

    private void refuseMarks(NodeEvent event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw refused(
                    event,
                    "tags such as '%s' are not allowed".formatted(Quoted.shown(tag.get())),
                    "write the plain value");
        }
        if (event.getAnchor().isPresent()) {
            throw refused(event, "anchors are not allowed", "write the value itself where it is needed");
        }
    }

    private UserError refused(Event event, String what, String fix) {
        var line = event.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        return UserError.unreadable(what).at(file + line).fix(fix);
    }
}
