/** Maven: what each {@code pom.xml} of a tree gets, worked out as Maven does it from the POMs that are at hand. */
@NullMarked
package dev.stepzero.scan.packages.maven;

import org.jspecify.annotations.NullMarked;
