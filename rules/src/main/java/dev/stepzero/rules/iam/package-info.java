/** IAM policies, solved: what a statement allows, to whom, and what that leads to. */
@NullMarked
package dev.stepzero.rules.iam;

import org.jspecify.annotations.NullMarked;
