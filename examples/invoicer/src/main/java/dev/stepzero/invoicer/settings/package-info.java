/** What the environment tells the program, read once at start and refused clearly when it makes no sense. */
@NullMarked
package dev.stepzero.invoicer.settings;

import org.jspecify.annotations.NullMarked;
