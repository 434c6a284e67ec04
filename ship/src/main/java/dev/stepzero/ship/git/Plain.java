package dev.stepzero.ship.git;

/** Text of a repository as people may see it: without characters that steer a terminal or hide what stands there. */
final class Plain {
    private Plain() {}

    static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}]", "?");
    }
}
