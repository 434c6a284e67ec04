package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Writes YAML as {@code yamlencode} does: every text in quotes, lines as a block, names in order. */
final class YamlWriting {
    private static final int DEEPEST = 100;

    private final Emitter emitter;
    private long written;

    private YamlWriting(Emitter emitter) {
        this.emitter = emitter;
    }

    static String write(Value value) {
        var output = new Output();
        var emitter = new Emitter(DumpSettings.builder().build(), output);
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        new YamlWriting(emitter).add(value, 0);
        emitter.emit(new DocumentEndEvent(false));
        emitter.emit(new StreamEndEvent());
        var text = output.text.toString();
        var body = text.endsWith("\n...\n") ? text.substring(0, text.length() - "...\n".length()) : text;
        // A bare word at the top is followed by the end mark, so that nothing after it is taken for more of it.
        var bare = value instanceof Value.Absent || value instanceof Value.Bool || value instanceof Value.Numeric;
        return bare ? body + "...\n" : body;
    }

    private void add(Value value, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the value is nested too deeply");
        }
        switch (value) {
            case Value.Absent absent -> scalar("null", ScalarStyle.PLAIN);
            case Value.Bool bool -> scalar(String.valueOf(bool.value()), ScalarStyle.PLAIN);
            case Value.Numeric number -> scalar(NumberText.plain(number.value()), ScalarStyle.PLAIN);
            case Value.Text text ->
                scalar(text.value(), text.value().contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
            case Value.Sequence list -> {
                emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
                list.items().forEach(item -> add(item.value(), depth + 1));
                emitter.emit(new SequenceEndEvent());
            }
            case Value.Mapping map -> {
                emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
                var sorted = new TreeMap<String, Value>(Order.TEXTS);
                map.entries().forEach((name, item) -> sorted.put(name, item.value()));
                sorted.forEach((name, item) -> {
                    scalar(name, ScalarStyle.DOUBLE_QUOTED);
                    add(item, depth + 1);
                });
                emitter.emit(new MappingEndEvent());
            }
            case Unknown unknown -> throw new NotKnown();
        }
    }

    private void scalar(String text, ScalarStyle style) {
        written += text.length() + 1;
        Limits.characters(written);
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), text, style));
    }

    private static final class Output implements StreamDataWriter {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(String part) {
            text.append(part);
        }

        @Override
        public void write(String part, int offset, int length) {
            text.append(part, offset, offset + length);
        }
    }
}
