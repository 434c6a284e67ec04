package dev.stepzero.scan.code.java.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How what a call makes begins: some of what it is given, with texts between, such as {@code {0}://{1}/}.
 *
 * @param parts in their order; what follows one that is not wholly known is not known either
 */
public record Beginning(CallPattern call, List<Part> parts) {
    private static final Pattern HOLE = Pattern.compile("[{](this|[0-9])[}]");

    /** A part of a beginning. */
    public sealed interface Part {
        /** The same each time. */
        record Fixed(String text) implements Part {}

        /** How an argument begins. */
        record Argument(int number) implements Part {}

        /** How the object begins that is called. */
        record Receiver() implements Part {}
    }

    public Beginning {
        parts = List.copyOf(parts);
    }

    /** Reads one. @throws IllegalArgumentException if its braces hold no number and not {@code this} */
    static Beginning of(CallPattern call, String form) {
        var parts = new ArrayList<Part>();
        var holes = HOLE.matcher(form);
        int at = 0;
        while (holes.find()) {
            fixed(form.substring(at, holes.start()), parts);
            var which = holes.group(1);
            parts.add(which.equals("this") ? new Part.Receiver() : new Part.Argument(Integer.parseInt(which)));
            at = holes.end();
        }
        fixed(form.substring(at), parts);
        return new Beginning(call, parts);
    }

    private static void fixed(String text, List<Part> parts) {
        if (text.contains("{") || text.contains("}")) {
            throw new IllegalArgumentException("'as' has {0} and so on, or {this}, for what the call is given");
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Fixed(text));
        }
    }
}
