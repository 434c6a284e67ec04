/** Which packages of an inventory are vulnerable, by OSV's rules, and what would mend them. */
@NullMarked
package dev.stepzero.scan.vulnerabilities.match;

import org.jspecify.annotations.NullMarked;
