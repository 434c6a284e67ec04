/** Waivers: what was asked for, and the decisions on it. */
@NullMarked
package dev.stepzero.server.waivers;

import org.jspecify.annotations.NullMarked;
