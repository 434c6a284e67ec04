package dev.stepzero.scan.packages.bundler;

/**
 * What a line of a lockfile names: {@code nokogiri (1.16.0-x86_64-linux)}.
 *
 * @param version empty where it names none; of a line that asks for versions, what it asks for
 * @param platform empty where the gem runs everywhere
 */
record GemEntry(String name, String version, String platform) {

    static GemEntry of(String line) {
        var text = line.strip();
        int open = text.indexOf(" (");
        int close = text.indexOf(')', Math.max(open, 0));
        if (open < 0 || close < 0) {
            return new GemEntry(text.endsWith("!") ? text.substring(0, text.length() - 1) : text, "", "");
        }
        var version = text.substring(open + 2, close);
        int hyphen = version.indexOf('-');
        return new GemEntry(
                text.substring(0, open),
                hyphen < 0 ? version : version.substring(0, hyphen),
                hyphen < 0 ? "" : version.substring(hyphen + 1));
    }

    String written() {
        return name + " " + version + " " + platform;
    }
}
