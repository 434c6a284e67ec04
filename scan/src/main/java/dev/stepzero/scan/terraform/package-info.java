/** Terraform: evaluates modules, plans and states into resources, as Terraform does. */
@NullMarked
package dev.stepzero.scan.terraform;

import org.jspecify.annotations.NullMarked;
