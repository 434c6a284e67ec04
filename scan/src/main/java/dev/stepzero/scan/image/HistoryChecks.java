package dev.stepzero.scan.image;

import java.util.regex.Pattern;

/**
 * What the instructions that an image was built with give away (CIS Docker Benchmark, 4.7, 4.9 and 4.11). The history is
 * what the builder wrote: an image without one is not judged by it.
 */
final class HistoryChecks {
    private static final int LONGEST = 16 << 10;

    private static final Pattern UPDATE =
            Pattern.compile("\\b(?:apt-get|apt|aptitude|apk|yum|dnf|microdnf|tdnf|zypper|pacman)\\s+(?:-\\S+\\s+){0,5}"
                    + "(?:update|upgrade|dist-upgrade|makecache|refresh|ref|check-update|-Sy)\\b");
    private static final Pattern INSTALL = Pattern.compile(
            "\\b(?:install|add|apk\\s+(?:-\\S+\\s+){0,5}upgrade|upgrade|dist-upgrade|build-dep|localinstall|-S)\\b");

    private static final Pattern ADD = Pattern.compile(
            "^(?:/bin/sh -c #\\(nop\\)\\s+)?ADD\\s+(?<source>.+?)(?:\\s+in)?\\s+(?<target>\\S+)\\s*(?:# buildkit)?$");

    /** Options that take a package or a file from whoever answers. */
    private static final Pattern UNVERIFIED = Pattern.compile(
            "--allow-unauthenticated\\b|--force-yes\\b|--allow-untrusted\\b|--no-?gpg-?checks?\\b|--nosignature\\b"
                    + "|--no-check-certificate\\b|--trusted-host\\b|\\btrusted=yes\\b|AllowInsecureRepositories"
                    + "|\\bcurl\\s(?:[^|;&]{0,300}\\s)?(?:-[a-zA-Z]{0,10}k[a-zA-Z]{0,10}|--insecure)\\b|strict-ssl[= ]+false"
                    + "|gpgcheck=0\\b");

    private final OciImage image;
    private final Report report;

    HistoryChecks(OciImage image, Report report) {
        this.image = image;
        this.report = report;
    }

    void look() {
        var events = image.config().history();
        for (int i = 0; i < events.size(); i++) {
            var text = events.get(i).createdBy();
            look(text.length() > LONGEST ? text.substring(0, LONGEST) : text, i);
        }
    }

    private void look(String instruction, int number) {
        if (UPDATE.matcher(instruction).find() && !INSTALL.matcher(instruction).find()) {
            report(ImageRules.UPDATE_ALONE, number, instruction);
        }
        if (UNVERIFIED.matcher(instruction).find()) {
            report(ImageRules.UNVERIFIED_PACKAGE, number, instruction);
        }
        var add = ADD.matcher(instruction);
        // What a base image begins with is an archive that only ADD unpacks.
        if (add.matches() && !(number == 0 && add.group("target").equals("/"))) {
            report(ImageRules.ADD, number, instruction);
        }
    }

    private void report(ImageRule rule, int number, String instruction) {
        report.add(
                rule,
                "history/" + number,
                "instruction " + (number + 1) + " of the history: " + History.shown(instruction),
                instruction);
    }
}
