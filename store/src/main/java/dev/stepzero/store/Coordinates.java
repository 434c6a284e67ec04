package dev.stepzero.store;

/**
 * Where a database is and who we are there.
 *
 * @param url a JDBC URL without credentials, such as {@code jdbc:postgresql://localhost:5432/stepzero}
 * @param user the role
 * @param password the role's password; never printed
 */
public record Coordinates(String url, String user, String password) {
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
