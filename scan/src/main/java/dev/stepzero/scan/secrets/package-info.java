/** Credentials in the open: in a tree, a staged change, a history, archives and images; why each is believed, and never the credential itself. */
@NullMarked
package dev.stepzero.scan.secrets;

import org.jspecify.annotations.NullMarked;
