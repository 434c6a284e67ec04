/** The page for people: its HTML, script and style, all served from the jar. */
@NullMarked
package dev.stepzero.invoicer.page;

import org.jspecify.annotations.NullMarked;
