/** Gradle: what its lockfiles, its version catalogs and its verification metadata name, and as a last resort its builds. */
@NullMarked
package dev.stepzero.scan.packages.gradle;

import org.jspecify.annotations.NullMarked;
