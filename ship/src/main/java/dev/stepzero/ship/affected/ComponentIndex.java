package dev.stepzero.ship.affected;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What releases are made of, in the database: from a release to its packages, and from a package to where it serves. */
public final class ComponentIndex {
    private final Jdbi jdbi;

    public ComponentIndex(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What is recorded of a release.
     *
     * @param failOn the severity from which on its gate blocks
     */
    public record Recorded(Inventory inventory, Severity failOn) {}

    /** Records a release; one that is recorded keeps its components, as the same image always has the same. */
    public void record(long release, Digest sbom, Inventory inventory, Severity failOn) {
        var distribution = inventory.distribution().orElse(new Distribution("", "", ""));
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into release_contents (release_id, sbom, distribution, distribution_version,
                                                          distribution_codename, fail_on)
                            values (:release, :sbom, :id, :version, :codename, :failOn)
                            on conflict (release_id) do update set fail_on = excluded.fail_on""")
                    .bind("release", release)
                    .bind("sbom", sbom.toString())
                    .bind("id", distribution.id())
                    .bind("version", distribution.version())
                    .bind("codename", distribution.codename())
                    .bind("failOn", failOn.name())
                    .execute();
            insert(handle, release, inventory.components());
        });
    }

    private static void insert(Handle handle, long release, List<Component> components) {
        if (components.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                insert into release_component (release_id, purl, type, name, version, source_name, source_version,
                                               direct, place)
                values (:release, :purl, :type, :name, :version, :source, :sourceVersion, :direct, :place)
                on conflict do nothing""");
        for (var each : components) {
            batch.bind("release", release)
                    .bind("purl", each.purl().toString())
                    .bind("type", each.purl().type())
                    .bind("name", each.purl().displayName())
                    .bind("version", each.purl().version())
                    .bind("source", each.source().map(SourcePackage::name))
                    .bind("sourceVersion", each.source().map(SourcePackage::version))
                    .bind("direct", each.direct())
                    .bind(
                            "place",
                            each.places().stream().findFirst().map(Place::path).orElse(""))
                    .add();
        }
        batch.execute();
    }

    /** What a release is made of; empty for one from before components were recorded. */
    public Optional<Recorded> of(long release) {
        return jdbi.withHandle(handle -> {
            var components = handle.createQuery(
                            "select * from release_component where release_id = :release order by purl")
                    .bind("release", release)
                    .map((row, context) -> component(row))
                    .list();
            return handle.createQuery("select * from release_contents where release_id = :release")
                    .bind("release", release)
                    .map((row, context) -> {
                        var packages = new Inventory.Collector();
                        components.forEach(packages::add);
                        return new Recorded(
                                packages.inventory(distribution(row)), Severity.valueOf(row.getString("fail_on")));
                    })
                    .findOne();
        });
    }

    /**
     * Where a package serves, vulnerable or not.
     *
     * @param asked without a version for every version; a distribution's source package is found by its name as well
     */
    public List<Serving> serving(PackageUrl asked) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.project, d.environment, r.image, r.commit_id, c.purl, c.place
                        from release_component c
                        join release r on r.id = c.release_id
                        join deployment d on d.release_id = r.id and d.status = 'serving'
                        where c.type = :type and (c.name = :name or c.source_name = :name)
                          and (:version = '' or c.version = :version)
                        order by r.project, d.environment, c.purl""")
                .bind("type", asked.type())
                .bind("name", asked.displayName())
                .bind("version", asked.version())
                .map((row, context) -> new Serving(
                        row.getString("project"),
                        row.getString("environment"),
                        row.getString("image"),
                        row.getString("commit_id"),
                        row.getString("purl"),
                        row.getString("place")))
                .list());
    }

    private static Component component(ResultSet row) throws SQLException {
        var source = row.getString("source_name");
        return new Component(
                PackageUrl.parse(row.getString("purl")),
                Scope.RUNTIME,
                row.getBoolean("direct"),
                List.of(new Place(row.getString("place"), 0, -1)),
                source == null
                        ? Optional.empty()
                        : Optional.of(new SourcePackage(source, row.getString("source_version"))),
                Optional.empty(),
                List.of());
    }

    private static Optional<Distribution> distribution(ResultSet row) throws SQLException {
        var id = row.getString("distribution");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Distribution(
                        id, row.getString("distribution_version"), row.getString("distribution_codename")));
    }
}
