/** Speaks with registries of images, as the OCI distribution specification has it, and trusts nothing that they answer. */
@NullMarked
package dev.stepzero.scan.registry;

import org.jspecify.annotations.NullMarked;
