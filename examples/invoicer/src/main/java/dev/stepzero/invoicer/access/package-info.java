/** Who may call: passwords, sign-in through OpenID Connect, sessions, and the defence against forged requests. */
@NullMarked
package dev.stepzero.invoicer.access;

import org.jspecify.annotations.NullMarked;
