package dev.stepzero.scan.shell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The script that stands in a shell's words.
 *
 * @param substitutes whether the words held substitutions, whose commands are taken down with the words
 */
record GivenScript(String text, boolean pipefail, boolean substitutes) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    private static final Set<String> WINDOWS_SHELLS = Set.of("powershell", "pwsh", "cmd");

    static Optional<GivenScript> in(Draft draft) {
        var name = draft.name();
        if (name.equals("eval")) {
            return joined(draft.args());
        }
        if (WINDOWS_SHELLS.contains(name)) {
            return afterCommandOption(draft.args());
        }
        if (!SHELLS.contains(name) && !name.equals("su")) {
            return Optional.empty();
        }
        boolean pipefail = false;
        boolean given = false;
        var args = draft.args();
        for (int i = 0; i < args.size(); i++) {
            var word = args.get(i).text();
            if (word.equals("-o") || word.equals("+o")) {
                pipefail |= i + 1 < args.size() && args.get(i + 1).text().equals("pipefail");
                i++;
            } else if (word.startsWith("-") && word.length() > 1) {
                if (word.endsWith("o") && !word.startsWith("--")) {
                    pipefail |= i + 1 < args.size() && args.get(i + 1).text().equals("pipefail");
                    i++;
                }
                given |= word.equals("--command") || (!word.startsWith("--") && word.indexOf('c') > 0);
            } else if (given) {
                return Optional.of(new GivenScript(word, pipefail, args.get(i).substitutes()));
            } else if (!name.equals("su")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether a shell takes its commands from its input. */
    static boolean readsInput(Draft draft) {
        return SHELLS.contains(draft.name())
                && draft.args().stream()
                        .map(Word::text)
                        .allMatch(word -> word.startsWith("-") && (word.startsWith("--") || word.indexOf('c') < 0));
    }

    private static Optional<GivenScript> afterCommandOption(List<Word> args) {
        for (int i = 0; i < args.size(); i++) {
            var word = args.get(i).text();
            if (word.equalsIgnoreCase("-command") || word.equalsIgnoreCase("-c") || word.equalsIgnoreCase("/c")) {
                return joined(args.subList(i + 1, args.size()));
            }
        }
        return Optional.empty();
    }

    private static Optional<GivenScript> joined(List<Word> words) {
        var text = words.stream().map(Word::text).collect(Collectors.joining(" "));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new GivenScript(text, false, words.stream().anyMatch(Word::substitutes)));
    }
}
