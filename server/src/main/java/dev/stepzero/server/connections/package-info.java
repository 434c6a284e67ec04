/** Connections of clients: how many, how much memory each may hold, and how slow they may be. */
@NullMarked
package dev.stepzero.server.connections;

import org.jspecify.annotations.NullMarked;
