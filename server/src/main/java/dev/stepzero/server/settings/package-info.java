/** What the server runs with, and who is signed in where: the administrators' and auditors' view of it. */
@NullMarked
package dev.stepzero.server.settings;

import org.jspecify.annotations.NullMarked;
