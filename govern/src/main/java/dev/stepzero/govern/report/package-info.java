/** What people and machines see of a scan: one model, one writer a format. */
@NullMarked
package dev.stepzero.govern.report;

import org.jspecify.annotations.NullMarked;
