/** GitHub Actions workflows and actions as resources: the workflow, its jobs, and their steps. */
@NullMarked
package dev.stepzero.scan.github;

import org.jspecify.annotations.NullMarked;
