/** Says which packages an image or a root file system holds, from the databases and files that installing them leaves. */
@NullMarked
package dev.stepzero.scan.packages.installed;

import org.jspecify.annotations.NullMarked;
