package dev.stepzero.scan.image;

/** What files of the final file system allow that they should not. */
final class PermissionChecks {
    private final Report report;

    PermissionChecks(Report report) {
        this.report = report;
    }

    void look(ImageFiles files) {
        files.stream().forEach(file -> {
            switch (file.entry().kind()) {
                case FILE -> {
                    executableBits(file);
                    writable(file, "file");
                }
                case DIRECTORY -> {
                    if (!file.entry().isSticky()) {
                        writable(file, "directory without sticky bit");
                    }
                }
                default -> {}
            }
        });
    }

    private void executableBits(ImageFile file) {
        var entry = file.entry();
        if (entry.isSetuid()) {
            report.add(
                    ImageRules.SETUID_FILE, file, "mode " + mode(entry) + ", owned by user " + entry.owner(), "setuid");
        }
        if (entry.isSetgid()) {
            report.add(ImageRules.SETGID_FILE, file, "mode " + mode(entry) + ", group " + entry.group(), "setgid");
        }
        var capabilities = entry.attributes().get(Capabilities.ATTRIBUTE);
        if (capabilities != null) {
            report.add(ImageRules.FILE_CAPABILITIES, file, Capabilities.describe(capabilities), "capabilities");
        }
    }

    private void writable(ImageFile file, String what) {
        if (file.entry().isWorldWritable()) {
            report.add(
                    ImageRules.WORLD_WRITABLE,
                    file,
                    what + " with mode " + mode(file.entry()) + ", owned by user "
                            + file.entry().owner(),
                    "writable");
        }
    }

    private static String mode(Entry entry) {
        return String.format("%04o", entry.mode());
    }
}
