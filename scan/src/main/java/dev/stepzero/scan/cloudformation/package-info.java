/** CloudFormation and SAM templates: evaluates them and gives their resources in the words of the Terraform provider. */
@NullMarked
package dev.stepzero.scan.cloudformation;

import org.jspecify.annotations.NullMarked;
