/** What credentials look like: rules as data, one file a kind, and the expressions that they are written in. */
@NullMarked
package dev.stepzero.rules.secrets;

import org.jspecify.annotations.NullMarked;
