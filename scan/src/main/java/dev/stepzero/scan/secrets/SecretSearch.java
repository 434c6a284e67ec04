package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.scan.secrets.SecretKinds.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Seeks credentials in a text: every keyword in one pass, and at each the expressions that it belongs to, which begin at
 * that very place. No text takes longer than its size and a fixed allowance promise. For one thread.
 */
final class SecretSearch {
    private static final long NANOS_A_TEXT = 2_000_000_000L;
    private static final long NANOS_A_MEGABYTE = 1_000_000_000L;
    private static final int ASKS_FOR_TIME_EVERY = 0x3ff;
    private static final int MOST_HITS = 5_000;
    private static final int COMPANION_WITHIN = 1_500;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_COLOUR = 12;

    private final SecretKinds kinds;
    private final LongSupplier nanos;
    private final Bytes text = new Bytes();
    private final Assignment assignment = new Assignment();
    private final @Nullable Matcher[] matchers;
    private final Judge judge = new Judge();
    private final Wrapped wrapped = new Wrapped();
    private final NearbyServices nearby = new NearbyServices();

    private List<Hit> hits = new ArrayList<>();
    private Setting setting = Setting.nowhere();
    private long deadline;
    private int asked;
    private boolean cut;

    /**
     * What a search gives.
     *
     * @param whole whether all of the text was searched
     */
    record Result(List<Hit> hits, boolean whole) {
        Result {
            hits = List.copyOf(hits);
        }
    }

    SecretSearch(SecretKinds kinds, LongSupplier nanos) {
        this.kinds = kinds;
        this.nanos = nanos;
        this.matchers = new Matcher[kinds.count()];
    }

    /** Searches the first bytes of an array, and what is wrapped in base64 there. */
    Result search(byte[] bytes, int length, Setting where) {
        setting = where;
        deadline = nanos.getAsLong() + NANOS_A_TEXT + (length >> 20) * NANOS_A_MEGABYTE;
        cut = false;
        var found = plain(bytes, length);
        var all = new ArrayList<>(found);
        wrapped.in(bytes, length, (inner, count, from, to) -> {
            for (var hit : plain(inner, count)) {
                boolean known = found.stream()
                        .anyMatch(other -> other.start() < to && from < other.end() && other.weight() > 1);
                if (!known) {
                    all.add(hit.at(from, to).because("it is wrapped in base64"));
                }
            }
            return !cut;
        });
        var kept = distinct(all);
        return new Result(
                kept.stream().flatMap(hit -> companion(hit, kept).stream()).toList(), !cut);
    }

    private List<Hit> plain(byte[] bytes, int length) {
        text.over(bytes, length);
        hits = new ArrayList<>();
        nearby.clear();
        kinds.keywords().find(bytes, 0, length, this::word);
        return distinct(hits);
    }

    private boolean word(int word, int end) {
        if (((++asked & ASKS_FOR_TIME_EVERY) == 0 && nanos.getAsLong() > deadline) || hits.size() > MOST_HITS) {
            cut = true;
            return false;
        }
        int start = end - kinds.length(word);
        boolean parsed = false;
        boolean assigned = false;
        for (var kind : kinds.ofWord(word)) {
            if (kind.rule().form() == SecretRule.Form.TOKEN) {
                token(kind, start, end);
            } else {
                assigned = parsed ? assigned : assignment.behind(text, end) && !setting.digests();
                parsed = true;
                if (kind.rule().form() == SecretRule.Form.GENERIC) {
                    if (assigned) {
                        generic(kind, start);
                    }
                } else if (isWord(start, end)) {
                    nearby.saw(kind, end);
                    if (assigned) {
                        value(kind, start);
                    }
                }
            }
        }
        return true;
    }

    private void token(Kind kind, int at, int keywordEnd) {
        var parts = kind.parts();
        if (parts.path() != null && !parts.path().matcher(setting.path()).matches()) {
            return;
        }
        int first = at - parts.backMost();
        for (int start = Math.max(0, first); start <= at - parts.backLeast(); start++) {
            if (begins(start) && (parts.back() == null || text.all(start, at, parts.back()))) {
                var matcher = matcher(kind, start, parts.longest());
                if (matcher.lookingAt()
                        && matcher.end() >= keywordEnd
                        && (ends(matcher) || isProven(kind.rule(), matcher))
                        && !isExpression(matcher.end())) {
                    boolean grouped = kind.rule().expression().contains("?<secret>");
                    int from = grouped ? matcher.start("secret") : matcher.start();
                    int to = grouped ? matcher.end("secret") : matcher.end();
                    if (from >= 0) {
                        var around = grouped ? Login.doubts(text, matcher.start(), from, to) : List.<String>of();
                        judge.token(kind.rule(), text.text(from, to), around, setting)
                                .map(belief -> belief.hit(kind.rule(), text.text(from, to), from, to))
                                .ifPresent(hits::add);
                    }
                    return;
                }
            }
        }
    }

    /**
     * Whether no word goes on over the place; what is before may be the letter of an escape, of a per cent sign or of a
     * terminal's colour.
     */
    private boolean begins(int start) {
        var bytes = text.array();
        if (start == 0 || !Letters.isWord(bytes[start])) {
            return true;
        }
        if (!Letters.isWord(bytes[start - 1])) {
            boolean ending = bytes[start - 1] == '.' && start > 1 && Letters.isWord(bytes[start - 2]);
            return !ending;
        }
        byte before = bytes[start - 1];
        boolean escape = start > 1 && bytes[start - 2] == '\\' && "nrtbf0".indexOf(before) >= 0;
        return escape || (start > 2 && bytes[start - 3] == '%') || isColour(start);
    }

    /** Whether {@code ESC [ 9 3 m} or the like ends before a place; the escape itself is often lost. */
    private boolean isColour(int end) {
        var bytes = text.array();
        int at = end - 2;
        while (at > 0 && end - at < LONGEST_COLOUR && (bytes[at] == ';' || (bytes[at] >= '0' && bytes[at] <= '9'))) {
            at--;
        }
        return bytes[end - 1] == 'm' && at >= 0 && bytes[at] == '[' && at < end - 2;
    }

    private boolean ends(Matcher matcher) {
        int end = matcher.end();
        return end == text.length()
                || !Letters.isWord(text.array()[end])
                || (end > 0 && !Letters.isWord(text.array()[end - 1]));
    }

    /** Whether its own checksum says where it ends, whatever follows. */
    private static boolean isProven(SecretRule rule, Matcher matcher) {
        return rule.checksum()
                .filter(checksum -> checksum.proves() && checksum.holds(matcher.group()))
                .isPresent();
    }

    /** Whether a class of characters follows: what scanners seek tokens with begins like a token. */
    private boolean isExpression(int end) {
        var bytes = text.array();
        return end + 3 < text.length() && bytes[end] == '[' && Letters.isWord(bytes[end + 1]) && bytes[end + 2] == '-';
    }

    private Matcher matcher(Kind kind, int start, int longest) {
        var known = matchers[kind.number()];
        var matcher = known == null ? kind.parts().pattern().matcher(text) : known.reset(text);
        matchers[kind.number()] = matcher;
        // One byte more, which a condition on what follows may look at.
        return matcher.region(start, Math.min(text.length(), start + longest + 1))
                .useAnchoringBounds(false)
                .useTransparentBounds(true);
    }

    /**
     * Whether a service's name is one in the text's words: Meraki is not in CameraKit, nor Etsy in GetSystem, nor Sumo in
     * sumOf; the D of -Dsonar.login is no letter of the word.
     */
    private boolean isWord(int start, int end) {
        var bytes = text.array();
        boolean begins = start == 0
                || !isLetter(bytes[start - 1])
                || (isLower(bytes[start - 1]) && !isLower(bytes[start]))
                || (bytes[start - 1] == 'D' && start > 1 && bytes[start - 2] == '-')
                || (!isLower(bytes[start - 1]) && isUpper(bytes, start, end));
        boolean hump =
                end - start > 1 && isLower(bytes[end - 2]) && isLetter(bytes[end - 1]) && !isLower(bytes[end - 1]);
        return begins && !(hump && end < text.length() && isLower(bytes[end]));
    }

    private static boolean isUpper(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isLower(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(byte b) {
        return b >= 'a' && b <= 'z';
    }

    private static boolean isLetter(byte b) {
        return isLower((byte) (b | 0x20));
    }

    private void value(Kind kind, int at) {
        int from = assignment.start().at();
        var matcher = matcher(kind, from, kind.parts().longest());
        if (matcher.lookingAt() && (matcher.end() == text.length() || Letters.isEnd(text.array()[matcher.end()]))) {
            var value = text.text(from, matcher.end());
            int end = matcher.end();
            judge.value(kind.rule(), name(at, assignment.wordsEnd()), value, setting)
                    .map(belief -> belief.hit(kind.rule(), value, from, end))
                    .ifPresent(hits::add);
        }
    }

    private void generic(Kind kind, int at) {
        int from = assignment.start().at();
        if (assignment.words() > 1) {
            return;
        }
        if (assignment.start().quote() == 0 && (assignment.start().isBelow() || assignment.isArgument())) {
            return;
        }
        int end = assignment.start().end(text, kind.parts().longest());
        if (end - from >= 8 && !isOurName(from, end)) {
            var value = text.text(from, end);
            var name = name(at, assignment.wordsEnd());
            if (assignment.isBeside() && SpokenName.isVerb(name)) {
                return;
            }
            ofNearby(name, value, from, end)
                    .or(() -> judge.generic(
                                    name,
                                    value,
                                    assignment.isArgument(),
                                    assignment.start().quote() != 0,
                                    setting)
                            .map(belief -> belief.hit(kind.rule(), value, from, end)))
                    .ifPresent(hits::add);
        }
    }

    /** What is given to a bare name is of the kind that the text has just named, if it looks like it. */
    private Optional<Hit> ofNearby(String name, String value, int from, int end) {
        if (!SpokenName.of(name).secret() || !NearbyServices.isBare(name)) {
            return Optional.empty();
        }
        return nearby.first(from, (kind, distance) -> {
            var matcher = matcher(kind, from, kind.parts().longest());
            return matcher.lookingAt() && matcher.end() == end
                    ? judge.value(kind.rule(), name, value, setting)
                            .map(belief -> belief.hit(kind.rule(), value, from, end)
                                    .because("the service is named %d characters before it".formatted(distance)))
                    : Optional.empty();
        });
    }

    /** Whether it is what we call a secret in reports, baselines and waivers, which tells nothing of it. */
    private boolean isOurName(int from, int end) {
        int begin = from - SecretScanner.RESOURCE.length();
        return begin >= 0
                && text.text(begin, from).equals(SecretScanner.RESOURCE)
                && SecretHash.isName(text.text(from, end));
    }

    /** The whole name in which a keyword begins. */
    private String name(int at, int end) {
        return text.text(Lead.nameStart(text.array(), at, LONGEST_NAME), Math.max(at, end));
    }

    /** Of what overlaps the most telling. */
    private static List<Hit> distinct(List<Hit> found) {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Hit::start));
        var kept = new ArrayList<Hit>();
        for (var hit : sorted) {
            var last = kept.isEmpty() ? null : kept.getLast();
            if (last == null || hit.start() >= last.end()) {
                kept.add(hit);
            } else if (outweighs(hit, last)) {
                kept.set(kept.size() - 1, hit);
            }
        }
        return kept;
    }

    private static boolean outweighs(Hit one, Hit other) {
        if (one.weight() != other.weight()) {
            return one.weight() > other.weight();
        }
        if (one.doubtful() != other.doubtful()) {
            return !one.doubtful();
        }
        int longer = (one.end() - one.start()) - (other.end() - other.start());
        return longer != 0
                ? longer > 0
                : one.rule().severity().compareTo(other.rule().severity()) > 0;
    }

    /** An id alone opens nothing: that is a doubt, and with another one it is none worth telling. */
    private static Optional<Hit> companion(Hit hit, List<Hit> others) {
        if (hit.rule().companion().isEmpty()) {
            return Optional.of(hit);
        }
        var needed = hit.rule().companion().get();
        boolean there = others.stream()
                .anyMatch(other -> (other.rule().id().equals(needed) || other.weight() == 0)
                        && Math.abs(other.start() - hit.start()) < COMPANION_WITHIN);
        if (there) {
            return Optional.of(hit.because("what belongs to it stands beside it"));
        }
        return hit.doubtful()
                ? Optional.empty()
                : Optional.of(hit.doubtedBecause("what belongs to it is not beside it, and alone it opens nothing"));
    }
}
