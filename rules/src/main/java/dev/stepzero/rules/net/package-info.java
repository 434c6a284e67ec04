/** Addresses and ports as sets: ranges stay ranges, and unions are judged whole. */
@NullMarked
package dev.stepzero.rules.net;

import org.jspecify.annotations.NullMarked;
