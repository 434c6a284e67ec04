/** Approvals: changes that wait for somebody to look at them, and what went without. */
@NullMarked
package dev.stepzero.server.approvals;

import org.jspecify.annotations.NullMarked;
