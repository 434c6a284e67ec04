package dev.stepzero.scan.code.java.value;

import java.util.Optional;

/**
 * Where something came from.
 *
 * @param kind what it is: {@code input} from outside, or what a rule file calls it
 * @param text whether it is text, so that a number or a truth made of it is harmless
 * @param origin the place where it came in; empty inside a method that is given it
 * @param parameter the number that a method that is given it knows it by
 */
public record Label(String kind, boolean text, Optional<Place> origin, int parameter) {
    public static Label from(String kind, boolean text, Place origin) {
        return new Label(kind, text, Optional.of(origin), -1);
    }

    /** The same as a method sees it that is given it. */
    public Label given(int number) {
        return new Label(kind, text, Optional.empty(), number);
    }

    public boolean isGiven() {
        return origin.isEmpty();
    }
}
