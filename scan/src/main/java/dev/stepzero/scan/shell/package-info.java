/** Shell scripts as they stand in Dockerfiles and workflows: which commands they run, with which words, and what is piped where. */
@NullMarked
package dev.stepzero.scan.shell;

import org.jspecify.annotations.NullMarked;
