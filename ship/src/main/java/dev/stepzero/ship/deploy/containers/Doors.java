package dev.stepzero.ship.deploy.containers;

import dev.stepzero.ship.deploy.Colour;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which colour is behind which of the load balancer's doors; behind a door without a colour is nothing. */
record Doors(Map<Door, Colour> colours) {

    /** The load balancer's two entrances, as its configuration names them. */
    enum Door {
        LIVE,
        PREVIEW;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Doors {
        colours = Map.copyOf(colours);
    }

    /** Reads lines that end in a door and a colour; anything else is not about doors. */
    static Doors read(String text) {
        var colours = new EnumMap<Door, Colour>(Door.class);
        for (var line : text.lines().toList()) {
            for (var door : Door.values()) {
                for (var colour : Colour.values()) {
                    if ((" " + line.strip()).endsWith(" " + door.label() + " " + colour.label())) {
                        colours.put(door, colour);
                    }
                }
            }
        }
        return new Doors(colours);
    }

    Optional<Colour> at(Door door) {
        return Optional.ofNullable(colours.get(door));
    }

    Doors with(Door door, Colour colour) {
        var changed = new EnumMap<Door, Colour>(Door.class);
        changed.putAll(colours);
        changed.put(door, colour);
        return new Doors(changed);
    }

    /** HAProxy's map file: a door and what is behind it on each line. */
    String print() {
        return Arrays.stream(Door.values())
                .map(door -> door.label() + " " + at(door).map(Colour::label).orElse("none"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
