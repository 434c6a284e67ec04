/** One JSON object a line on standard output, in the envelope of Mozilla's log standard. */
@NullMarked
package dev.stepzero.invoicer.log;

import org.jspecify.annotations.NullMarked;
