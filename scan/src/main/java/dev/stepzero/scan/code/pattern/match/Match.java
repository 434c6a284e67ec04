package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Node;

/** Code that a pattern matches, and what its holes stand for. */
public record Match(Node node, Holes holes) {}
