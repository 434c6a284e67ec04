/** What a project says about itself: its {@code stepzero.yaml}, and what can be derived where that is silent. */
@NullMarked
package dev.stepzero.ship.project;

import org.jspecify.annotations.NullMarked;
