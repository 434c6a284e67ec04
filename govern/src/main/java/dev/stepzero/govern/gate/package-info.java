/** Turns findings, waivers and a policy into a verdict. */
@NullMarked
package dev.stepzero.govern.gate;

import org.jspecify.annotations.NullMarked;
