package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;

/** A part of a template as it is written, before the directives are paired. */
sealed interface Piece {
    Position position();

    /** Plain text; in a heredoc no more than a line of it. */
    record Text(String value, Position position) implements Piece {}

    /** <code>${…}</code>. */
    record Interpolation(Expression value, Position position) implements Piece {}

    /** <code>%{ if … }</code>. */
    record If(Expression test, Position position) implements Piece {}

    /** <code>%{ for … }</code>. */
    record For(CollectionParser.Head head, Position position) implements Piece {}

    /** <code>%{ else }</code>, <code>%{ endif }</code> or <code>%{ endfor }</code>. */
    record End(String keyword, int offset, Position position) implements Piece {}
}
