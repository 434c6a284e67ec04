/** Who may sign in and what they may: the administrators' page. */
@NullMarked
package dev.stepzero.server.people;

import org.jspecify.annotations.NullMarked;
