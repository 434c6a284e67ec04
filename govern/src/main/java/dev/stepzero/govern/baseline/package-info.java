/** What was there before: findings that a scan knows already, so that only new ones count. */
@NullMarked
package dev.stepzero.govern.baseline;

import org.jspecify.annotations.NullMarked;
