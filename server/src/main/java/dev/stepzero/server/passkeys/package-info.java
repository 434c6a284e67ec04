/** Passkeys: enrolling them and signing in by them, WebAuthn Level 3. */
@NullMarked
package dev.stepzero.server.passkeys;

import org.jspecify.annotations.NullMarked;
