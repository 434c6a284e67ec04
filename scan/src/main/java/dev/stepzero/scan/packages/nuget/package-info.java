/** What .NET programs use: NuGet's lockfiles, what restoring and building leave behind, and project files. */
@NullMarked
package dev.stepzero.scan.packages.nuget;

import org.jspecify.annotations.NullMarked;
