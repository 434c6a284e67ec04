package dev.stepzero.scan.code.pattern.tree;

/**
 * A language that tree-sitter reads.
 *
 * @param library the name of its native library, and of the grammar in it
 */
public record Grammar(String library) {
    public static final Grammar PYTHON = new Grammar("python");
    public static final Grammar JAVASCRIPT = new Grammar("javascript");
    public static final Grammar TYPESCRIPT = new Grammar("typescript");
    public static final Grammar TSX = new Grammar("tsx");
    public static final Grammar GO = new Grammar("go");
}
