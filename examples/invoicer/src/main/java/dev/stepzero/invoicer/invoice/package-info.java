/** Invoices and their charges: what they are, how they look as JSON, and where they are kept. */
@NullMarked
package dev.stepzero.invoicer.invoice;

import org.jspecify.annotations.NullMarked;
