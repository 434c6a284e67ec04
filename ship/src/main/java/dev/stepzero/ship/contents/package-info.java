/** What releases are made of: what a build put into an image, reconciled with what is in it. */
@NullMarked
package dev.stepzero.ship.contents;

import org.jspecify.annotations.NullMarked;
