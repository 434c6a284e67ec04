/** Signing in with an account at another service. */
@NullMarked
package dev.stepzero.server.federation;

import org.jspecify.annotations.NullMarked;
