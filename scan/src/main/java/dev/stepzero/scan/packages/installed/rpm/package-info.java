/** Reads RPM's databases in their three forms, from bytes alone. */
@NullMarked
package dev.stepzero.scan.packages.installed.rpm;

import org.jspecify.annotations.NullMarked;
