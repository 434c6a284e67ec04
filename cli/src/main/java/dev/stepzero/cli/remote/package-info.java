/** A server as the command line sees it: its address, the token for it, and its REST API. */
@NullMarked
package dev.stepzero.cli.remote;

import org.jspecify.annotations.NullMarked;
