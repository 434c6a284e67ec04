/** The syntax of HCL, native and JSON: from bytes to a tree with positions, past every mistake. */
@NullMarked
package dev.stepzero.scan.terraform.hcl;

import org.jspecify.annotations.NullMarked;
