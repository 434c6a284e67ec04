package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scalars as texts, and texts put together of parts that may be unknown. */
final class Texts {
    private static final String DYNAMIC = "{{resolve:";

    private Texts() {}

    /** The text of a scalar, as CloudFormation converts it. */
    static Optional<String> of(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.value());
            case Value.Bool bool -> Optional.of(Boolean.toString(bool.value()));
            case Value.Numeric number -> Optional.of(number.value().toPlainString());
            case Unknown unknown
            when unknown.oneOf().size() == 1 -> of(unknown.oneOf().getFirst());
            case Unknown unknown -> Optional.empty();
            case Value.Sequence list -> Optional.empty();
            case Value.Mapping map -> Optional.empty();
            case Value.Absent absent -> Optional.empty();
        };
    }

    static Value join(List<Value> parts, String delimiter, Growth growth) {
        var texts = new ArrayList<Value>(parts.size() * 2);
        long length = 0;
        for (var part : parts) {
            if (!texts.isEmpty() && !delimiter.isEmpty()) {
                texts.add(Value.of(delimiter));
            }
            var text = of(part);
            length += delimiter.length() + text.map(String::length).orElse(1);
            texts.add(text.<Value>map(Value::of).orElseGet(() -> unknown(part)));
        }
        if (!growth.text(length)) {
            return Unknown.because("the template unfolds to too much text").present();
        }
        return withoutDynamicReferences(concatenated(texts));
    }

    /** Joins known neighbours in one go: {@link Unknown#text} would copy a long text once for every part. */
    private static Value concatenated(List<Value> texts) {
        var parts = new ArrayList<Value>();
        var known = new StringBuilder();
        for (var text : texts) {
            if (text instanceof Value.Text(String value)) {
                known.append(value);
            } else {
                if (!known.isEmpty()) {
                    parts.add(Value.of(known.toString()));
                    known.setLength(0);
                }
                parts.add(text);
            }
        }
        if (!known.isEmpty()) {
            parts.add(Value.of(known.toString()));
        }
        return Unknown.text(parts);
    }

    private static Unknown unknown(Value part) {
        return part instanceof Unknown unknown
                ? unknown
                : Unknown.because("a list or an object where a text must be").present();
    }

    /** A text whose secret parts are looked up only when the stack is made. */
    static Value withoutDynamicReferences(Value value) {
        if (!(value instanceof Value.Text(String text)) || !text.contains(DYNAMIC)) {
            return value;
        }
        var parts = new ArrayList<Value>();
        int at = 0;
        for (int start = text.indexOf(DYNAMIC); start >= 0; start = text.indexOf(DYNAMIC, at)) {
            int end = text.indexOf("}}", start);
            if (end < 0) {
                break;
            }
            if (start > at) {
                parts.add(Value.of(text.substring(at, start)));
            }
            parts.add(Unknown.because(text.substring(start, end + 2)).present());
            at = end + 2;
        }
        if (at < text.length()) {
            parts.add(Value.of(text.substring(at)));
        }
        return Unknown.text(parts);
    }
}
