/** What rule files about Python, JavaScript and Go say, before anything of it is compiled. */
@NullMarked
package dev.stepzero.scan.code.pattern.rule;

import org.jspecify.annotations.NullMarked;
