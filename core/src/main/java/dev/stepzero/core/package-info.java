/** The vocabulary that every wing of Stepzero speaks; no third-party code. */
@NullMarked
package dev.stepzero.core;

import org.jspecify.annotations.NullMarked;
