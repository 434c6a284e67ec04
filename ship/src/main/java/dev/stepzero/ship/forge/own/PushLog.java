package dev.stepzero.ship.forge.own;
/** x */
public final class PushLog {}
