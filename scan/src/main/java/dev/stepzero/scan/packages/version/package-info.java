/** How versions are ordered in each ecosystem, exactly as its own tools order them. */
@NullMarked
package dev.stepzero.scan.packages.version;

import org.jspecify.annotations.NullMarked;
