/** What PHP programs are locked to: {@code composer.lock}, with {@code composer.json} to tell what was asked for. */
@NullMarked
package dev.stepzero.scan.packages.composer;

import org.jspecify.annotations.NullMarked;
