package dev.stepzero.scan.code.java.value;

/** A set of ASCII's characters; of all others nothing is known. */
public record Characters(long low, long high) {
    public static final Characters NONE = new Characters(0, 0);
    public static final Characters ALL = new Characters(-1, -1);

    /** The characters of a text. */
    public static Characters of(String text) {
        var all = NONE;
        for (int i = 0; i < text.length(); i++) {
            all = all.with(text.charAt(i));
        }
        return all;
    }

    public Characters with(char c) {
        if (c < 64) {
            return new Characters(low | (1L << c), high);
        }
        return c < 128 ? new Characters(low, high | (1L << (c - 64))) : this;
    }

    /** All from one character to another, both included. */
    public Characters with(char from, char to) {
        var all = this;
        for (int c = from; c <= to && c < 128; c++) {
            all = all.with((char) c);
        }
        return all;
    }

    public Characters and(Characters other) {
        return new Characters(low | other.low, high | other.high);
    }

    public Characters common(Characters other) {
        return new Characters(low & other.low, high & other.high);
    }

    public Characters others() {
        return new Characters(~low, ~high);
    }

    public boolean hasAny(Characters other) {
        return (low & other.low) != 0 || (high & other.high) != 0;
    }
}
