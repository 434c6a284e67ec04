/** What people keep for themselves: authenticator, passkeys, sessions and tokens. */
@NullMarked
package dev.stepzero.server.account;

import org.jspecify.annotations.NullMarked;
