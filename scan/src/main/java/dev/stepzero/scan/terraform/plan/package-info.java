/** Plans and states that Terraform wrote as JSON, read into the resources that their source would give. */
@NullMarked
package dev.stepzero.scan.terraform.plan;

import org.jspecify.annotations.NullMarked;
