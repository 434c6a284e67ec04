package dev.stepzero.ship.deploy;

import java.util.Locale;

/** The two sides of a blue/green deployment. */
public enum Colour {
    BLUE,
    GREEN;

    public Colour other() {
        return this == BLUE ? GREEN : BLUE;
    }

    /** The name as it appears in container names, directories and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
