/** Infrastructure code: reads a tree's files into resources, whatever they are written in, and lets the rules judge them. */
@NullMarked
package dev.stepzero.scan.iac;

import org.jspecify.annotations.NullMarked;
