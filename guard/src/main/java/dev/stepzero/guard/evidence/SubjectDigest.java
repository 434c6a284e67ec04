package dev.stepzero.guard.evidence;

import java.util.regex.Pattern;

/** A subject as the pipeline writes it: {@code sha256:<64 digits>} or {@code gitCommit:<40 or 64 digits>}. */
record SubjectDigest(String algorithm, String hex) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|gitCommit:([0-9a-f]{40}|[0-9a-f]{64})");

    static SubjectDigest parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a digest that evidence can be about: " + text);
        }
        var colon = text.indexOf(':');
        return new SubjectDigest(text.substring(0, colon), text.substring(colon + 1));
    }
}
