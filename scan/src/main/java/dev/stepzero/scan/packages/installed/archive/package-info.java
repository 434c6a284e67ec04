/** Tells what Java archives are and what they carry, archives within archives included. */
@NullMarked
package dev.stepzero.scan.packages.installed.archive;

import org.jspecify.annotations.NullMarked;
