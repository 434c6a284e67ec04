/** The certificate that browsers see: from files, or from a certificate authority by ACME. */
@NullMarked
package dev.stepzero.server.tls;

import org.jspecify.annotations.NullMarked;
