/** Compiled Java where builds leave it: directories and archives of classes, by the modules of a source tree. */
@NullMarked
package dev.stepzero.scan.classes;

import org.jspecify.annotations.NullMarked;
