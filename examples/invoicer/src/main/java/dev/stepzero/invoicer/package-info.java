/** The program: its commands and how its parts are put together. */
@NullMarked
package dev.stepzero.invoicer;

import org.jspecify.annotations.NullMarked;
