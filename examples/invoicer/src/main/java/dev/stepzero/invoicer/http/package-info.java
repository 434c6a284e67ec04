/** Calls and answers as plain values, the table of routes, and the one place that knows the web server. */
@NullMarked
package dev.stepzero.invoicer.http;

import org.jspecify.annotations.NullMarked;
