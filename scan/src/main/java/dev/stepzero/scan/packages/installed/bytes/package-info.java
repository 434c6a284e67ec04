/** Numbers and texts out of bytes that nobody vouches for. */
@NullMarked
package dev.stepzero.scan.packages.installed.bytes;

import org.jspecify.annotations.NullMarked;
