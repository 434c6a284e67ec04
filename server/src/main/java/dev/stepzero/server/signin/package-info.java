/** Signing in and out, and who a request comes from. */
@NullMarked
package dev.stepzero.server.signin;

import org.jspecify.annotations.NullMarked;
