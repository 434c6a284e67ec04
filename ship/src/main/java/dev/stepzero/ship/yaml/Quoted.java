package dev.stepzero.ship.yaml;

/** Text of a file as an error may repeat it: short, and without characters that would steer a terminal. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    static String shortened(String text) {
        return shown(text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...");
    }

    static String shown(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}]", "?");
    }
}
