package dev.stepzero.scan.terraform.hcl;

import java.util.ArrayList;
import java.util.List;

/** What {@code <<-} takes away: from every line the blanks of the line that has the fewest, blank lines aside. */
final class Indentation {
    private Indentation() {}

    static List<Piece> removed(List<Piece> pieces) {
        int fewest = fewest(pieces);
        if (fewest == 0) {
            return pieces;
        }
        List<Piece> result = new ArrayList<>(pieces.size());
        boolean lineStart = true;
        for (var piece : pieces) {
            if (lineStart && piece instanceof Piece.Text(var text, var position) && !isBlankLine(text)) {
                result.add(new Piece.Text(text.substring(Math.min(fewest, blanks(text))), position));
            } else {
                result.add(piece);
            }
            lineStart = endsLine(piece);
        }
        return result;
    }

    private static int fewest(List<Piece> pieces) {
        int fewest = Integer.MAX_VALUE;
        boolean lineStart = true;
        for (var piece : pieces) {
            if (lineStart && !(piece instanceof Piece.Text(var text, var position) && isBlankLine(text))) {
                fewest = Math.min(fewest, piece instanceof Piece.Text text ? blanks(text.value()) : 0);
            }
            lineStart = endsLine(piece);
        }
        return fewest;
    }

    private static boolean endsLine(Piece piece) {
        return piece instanceof Piece.Text text && text.value().endsWith("\n");
    }

    private static boolean isBlankLine(String text) {
        return text.endsWith("\n") && text.isBlank();
    }

    private static int blanks(String text) {
        int count = 0;
        while (count < text.length() && Character.isWhitespace(text.charAt(count))) {
            count++;
        }
        return count;
    }
}
