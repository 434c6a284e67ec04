/** What Ruby programs are locked to: {@code Gemfile.lock} and {@code gems.locked}. */
@NullMarked
package dev.stepzero.scan.packages.bundler;

import org.jspecify.annotations.NullMarked;
