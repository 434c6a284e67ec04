/** Terraform's built-in functions, over values of which some may be unknown. */
@NullMarked
package dev.stepzero.scan.terraform.functions;

import org.jspecify.annotations.NullMarked;
