package dev.stepzero.ship.forge.client;

/** Tells one forge how runs stand. Telling the same twice does no harm. */
public interface ForgeClient {

    /**
     * Sets the state of the commit, with annotations on its lines where the forge has them and the run is over; and if
     * it is a pull request and the run is over, puts one comment there, or changes the one that is there.
     *
     * @throws dev.stepzero.core.UserError if the forge does not take it; the whole may be told again
     */
    void tell(Report report) throws InterruptedException;
}
