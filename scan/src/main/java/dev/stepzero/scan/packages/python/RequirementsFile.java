package dev.stepzero.scan.packages.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in <a href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">the format of pip</a>, taken
 * apart into its lines.
 *
 * @param requirements what it asks for
 * @param includes other files that it goes on with
 * @param constraints other files that only say of which version a package must be
 * @param unread lines that are none of these, by their numbers
 */
record RequirementsFile(
        List<Line> requirements, List<String> includes, List<String> constraints, List<Integer> unread) {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
    private static final Pattern OPTION = Pattern.compile("\\s(?:--?[A-Za-z][A-Za-z-]*)(?:[=\\s]|$)");
    private static final Pattern INCLUDE = Pattern.compile("(?:-r\\s*|--requirement[=\\s]\\s*)(\\S+).*");
    private static final Pattern CONSTRAINT = Pattern.compile("(?:-c\\s*|--constraint[=\\s]\\s*)(\\S+).*");
    private static final Pattern EDITABLE = Pattern.compile("(?:-e\\s*|--editable[=\\s]\\s*)(\\S+).*");
    private static final Pattern WHEEL =
            Pattern.compile("(?:.*/)?([A-Za-z0-9][A-Za-z0-9_.]*)-([0-9][^-/]*)(?:-[^-/]+){3,4}\\.whl(?:#.*)?");
    private static final Pattern EGG = Pattern.compile(".*#(?:.*&)?egg=([A-Za-z0-9][A-Za-z0-9._-]*).*");

    /**
     * A requirement.
     *
     * @param via what asked for it where a tool says so: names of packages, or files; empty where nothing is said
     */
    record Line(Requirement requirement, int number, List<String> via) {}

    static RequirementsFile of(List<String> lines) {
        var file = new RequirementsFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            var logical = new StringBuilder(uncommented(lines.get(i)));
            while (logical.toString().endsWith("\\") && i + 1 < lines.size()) {
                logical.setLength(logical.length() - 1);
                logical.append(' ').append(uncommented(lines.get(++i)));
            }
            file.read(logical.toString().replaceFirst("\\\\$", "").strip(), first + 1, Via.behind(lines, i));
        }
        return file;
    }

    private static String uncommented(String line) {
        return COMMENT.matcher(line).replaceFirst("").stripTrailing();
    }

    private void read(String line, int number, List<String> via) {
        if (line.isEmpty()) {
            return;
        }
        var include = INCLUDE.matcher(line);
        var constraint = CONSTRAINT.matcher(line);
        var editable = EDITABLE.matcher(line);
        if (include.matches()) {
            includes.add(include.group(1));
        } else if (constraint.matches()) {
            constraints.add(constraint.group(1));
        } else if (editable.matches()) {
            place(editable.group(1)).ifPresent(each -> requirements.add(new Line(each, number, via)));
        } else if (!line.startsWith("-")) {
            requirement(line)
                    .ifPresentOrElse(each -> requirements.add(new Line(each, number, via)), () -> unread.add(number));
        }
    }

    private static Optional<Requirement> requirement(String line) {
        var options = OPTION.matcher(line);
        var text = options.find() ? line.substring(0, options.start()) : line;
        return isPlace(text) ? place(text) : Requirement.parse(text);
    }

    private static boolean isPlace(String text) {
        int end = text.indexOf(' ');
        var word = end < 0 ? text : text.substring(0, end);
        return word.contains("://") || word.startsWith(".") || word.startsWith("/") || word.endsWith(".whl");
    }

    /** A URL or a path: the name of a wheel tells what is in it, and so may the end of a URL. */
    private static Optional<Requirement> place(String place) {
        var wheel = WHEEL.matcher(place);
        if (wheel.matches()) {
            return Optional.of(new Requirement(wheel.group(1), wheel.group(2), place));
        }
        var egg = EGG.matcher(place);
        return egg.matches() ? Optional.of(new Requirement(egg.group(1), "", place)) : Optional.empty();
    }
}
