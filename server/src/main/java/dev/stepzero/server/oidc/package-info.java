/** OpenID Connect: which services are known, what they say of themselves, and whether what they signed holds. */
@NullMarked
package dev.stepzero.server.oidc;

import org.jspecify.annotations.NullMarked;
