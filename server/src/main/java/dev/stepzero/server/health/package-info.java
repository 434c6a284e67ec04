/** Whether the server lives, for load balancers and supervisors. */
@NullMarked
package dev.stepzero.server.health;

import org.jspecify.annotations.NullMarked;
