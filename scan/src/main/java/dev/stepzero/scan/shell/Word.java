package dev.stepzero.scan.shell;

/**
 * A word without its quotes.
 *
 * @param quoted whether some of it stood in quotes, so that it is no keyword
 * @param substitutes whether it holds a command substitution, whose commands are taken down already
 */
record Word(String text, boolean quoted, boolean substitutes) {}
