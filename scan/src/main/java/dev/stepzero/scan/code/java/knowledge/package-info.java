/** What rule files say about libraries and about what is wrong: where input comes from, where it does harm, what cleans it. */
@NullMarked
package dev.stepzero.scan.code.java.knowledge;

import org.jspecify.annotations.NullMarked;
