package dev.stepzero.scan.sarif;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tools write where the standard wants a URI (section 3.4.3): also paths that nobody encoded, with blanks or with
 * backslashes.
 *
 * @param path with slashes; decoded
 * @param absolute whether it begins at the root of a file system
 */
record FileUri(String path, boolean absolute) {
    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]+:.*");
    private static final Pattern FILE = Pattern.compile("(?i)file:(?://[^/\\\\]*(?=[/\\\\]))?");
    private static final Pattern DRIVE = Pattern.compile("/*[A-Za-z]:(?=/|$)");

    /** The path; empty where the URI names no file, such as a web page or a package. */
    static Optional<FileUri> of(String uri) {
        var file = FILE.matcher(uri);
        boolean marked = file.lookingAt();
        if (!marked && SCHEME.matcher(uri).matches()) {
            return Optional.empty();
        }
        var path = decoded(marked ? uri.substring(file.end()) : uri).replace('\\', '/');
        var drive = DRIVE.matcher(path);
        boolean hasDrive = drive.lookingAt();
        path = hasDrive ? path.substring(drive.end()) : path;
        boolean absolute = hasDrive || path.startsWith("/");
        return path.isBlank() || path.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(new FileUri(path, absolute));
    }

    /** The path from where it begins, without detours; empty if it leads above that, or nowhere. */
    static Optional<String> normal(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            switch (part) {
                case "", "." -> {
                    // Names the directory that it stands in.
                }
                case ".." -> {
                    if (parts.pollLast() == null) {
                        return Optional.empty();
                    }
                }
                default -> parts.addLast(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    /** What does not decode is taken as it stands. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                boolean whole = i + 2 < text.length();
                int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return text;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                int c = text.codePointAt(i);
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c) - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
