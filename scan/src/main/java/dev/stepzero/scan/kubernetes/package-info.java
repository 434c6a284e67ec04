/** Kubernetes manifests as resources: every object, and one resource for the pods that a workload makes. */
@NullMarked
package dev.stepzero.scan.kubernetes;

import org.jspecify.annotations.NullMarked;
