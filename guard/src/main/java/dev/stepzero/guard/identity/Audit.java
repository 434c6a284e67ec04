package dev.stepzero.guard.identity;

/** Where every sign-in, every failure of one, and every change of what somebody may do is written down. */
@FunctionalInterface
public interface Audit {
    void record(Entry entry);

    /**
     * What happened.
     *
     * @param action what was done, such as {@code sign-in}
     * @param who the name of whoever did it, or tried
     * @param on what it was done to, or empty
     * @param succeeded whether it was let happen
     * @param why what decided, or empty
     * @param source where the request came from
     */
    record Entry(String action, String who, String on, boolean succeeded, String why, Source source) {
        public static Entry done(String action, String who, String on, Source source) {
            return new Entry(action, who, on, true, "", source);
        }

        public static Entry refused(String action, String who, String why, Source source) {
            return new Entry(action, who, "", false, why, source);
        }
    }
}
