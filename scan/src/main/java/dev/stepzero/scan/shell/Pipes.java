package dev.stepzero.scan.shell;

import java.util.List;

/** Notes who reads whose output. */
final class Pipes {
    private Pipes() {}

    /** @param borders where, among the commands, each part of the pipe begins, and where the last one ends */
    static void link(Reading reading, List<Integer> borders) {
        for (int part = 0; part + 2 < borders.size(); part++) {
            for (int i = borders.get(part); i < borders.get(part + 1); i++) {
                link(reading, reading.draft(i), borders.get(part + 1), borders.getLast());
            }
        }
    }

    private static void link(Reading reading, Draft writer, int from, int to) {
        for (int i = from; i < to; i++) {
            var reader = reading.draft(i);
            if (!reader.name().isEmpty() && !writer.pipesTo(reader)) {
                return;
            }
        }
    }
}
