package dev.stepzero.ship.forge.report;

import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.client.Authorization;
import dev.stepzero.ship.forge.client.BitbucketClient;
import dev.stepzero.ship.forge.client.DataCenterClient;
import dev.stepzero.ship.forge.client.ForgeClient;
import dev.stepzero.ship.forge.client.ForgeConnection;
import dev.stepzero.ship.forge.client.ForgeHttp;
import dev.stepzero.ship.forge.client.GitHubClient;
import dev.stepzero.ship.forge.client.GitLabClient;
import dev.stepzero.ship.forge.client.GiteaClient;
import dev.stepzero.ship.forge.client.Patience;
import dev.stepzero.ship.git.GitCredentials.Login;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A client for each project whose forge we have a token for; it stays the same until address or token change. */
public final class ForgeClients {
    private static final int MOST = 1_000;

    private final ForgeHttp http;
    private final Patience patience;
    private final byte[] key;
    private final Map<Place, ForgeClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, ForgeClient> eldest) {
            return size() > MOST;
        }
    };

    private record Place(Forge forge, URI api, Login login) {}

    /**
     * Clients of all forges.
     *
     * @param key what our comments are marked with, so that nobody can put one there for us to change
     */
    public ForgeClients(ForgeHttp http, Patience patience, byte[] key) {
        this.http = http;
        this.patience = patience;
        this.key = key.clone();
    }

    /** The client of a project; empty if it lives in Stepzero itself, or its address leads to no forge's API. */
    public Optional<ForgeClient> of(ForgeProject project, Login login) {
        return api(project).map(api -> client(new Place(project.forge(), api, login)));
    }

    private synchronized ForgeClient client(Place place) {
        return clients.computeIfAbsent(place, this::made);
    }

    private ForgeClient made(Place place) {
        var token = place.login().password();
        var user = place.login().user();
        var authorization = place.forge() == Forge.BITBUCKET && !user.isEmpty()
                ? Authorization.basic(user, token)
                : Authorization.token(token);
        var connection = new ForgeConnection(place.api(), authorization, http, patience);
        return switch (place.forge()) {
            case GITHUB -> new GitHubClient(connection, false, key);
            case GITLAB -> new GitLabClient(connection, key);
            case GITEA, FORGEJO -> new GiteaClient(connection, key);
            case BITBUCKET -> new BitbucketClient(connection, key);
            case BITBUCKET_DATA_CENTER -> new DataCenterClient(connection, key);
            case STEPZERO -> throw new IllegalArgumentException("Stepzero tells itself nothing");
        };
    }

    /** Where the API is, of a forge that is not installed below a path of its host. */
    static Optional<URI> api(ForgeProject project) {
        var address = URI.create(project.registered().cloneUrl());
        if (address.getHost() == null || project.forge() == Forge.STEPZERO) {
            return Optional.empty();
        }
        var host = address.getScheme() + "://" + address.getRawAuthority();
        return Optional.of(URI.create(
                switch (project.forge()) {
                    case GITHUB -> address.getHost().equals("github.com") ? "https://api.github.com" : host + "/api/v3";
                    case GITLAB -> host + "/api/v4";
                    case GITEA, FORGEJO -> host + "/api/v1";
                    case BITBUCKET -> "https://api.bitbucket.org/2.0";
                    case BITBUCKET_DATA_CENTER -> host + "/rest";
                    case STEPZERO -> host;
                }));
    }
}
