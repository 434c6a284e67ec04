/** Known vulnerabilities in the packages of a subject: findings, what mends them, and statements that settle them. */
@NullMarked
package dev.stepzero.scan.vulnerabilities;

import org.jspecify.annotations.NullMarked;
