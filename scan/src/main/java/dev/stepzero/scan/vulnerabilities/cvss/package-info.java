/** Scores of the Common Vulnerability Scoring System, computed from vectors. */
@NullMarked
package dev.stepzero.scan.vulnerabilities.cvss;

import org.jspecify.annotations.NullMarked;
