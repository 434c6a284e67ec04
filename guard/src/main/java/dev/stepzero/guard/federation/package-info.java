/** Who people are at other sign-in services, and what their groups there give them here. */
@NullMarked
package dev.stepzero.guard.federation;

import org.jspecify.annotations.NullMarked;
