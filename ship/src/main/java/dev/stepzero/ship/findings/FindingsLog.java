package dev.stepzero.ship.findings;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Verdict;
import dev.stepzero.ship.engine.Run;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Writes what runs find into the tables {@code finding} and {@code run_finding}. Writing the same again changes nothing,
 * so that a run that was cut may do so.
 */
public final class FindingsLog {
    private static final int LONGEST = 4_000;

    private final Jdbi jdbi;
    private final Clock clock;

    public FindingsLog(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Records all that a step of a run found. What the same step found before in the same environment and finds no
     * longer is resolved, unless the run is a verification.
     */
    public void found(Run run, String step, Collection<Finding> findings) {
        var distinct = new LinkedHashMap<String, Finding>();
        findings.forEach(finding -> distinct.putIfAbsent(finding.fingerprint(), finding));
        jdbi.useTransaction(handle -> {
            write(handle, run, step, List.copyOf(distinct.values()));
            if (!run.key().environment().isEmpty()) {
                resolve(handle, run, step);
            }
        });
    }

    private void write(Handle handle, Run run, String step, List<Finding> findings) {
        var insert = handle.createUpdate("""
                with found as (
                    insert into finding (project, environment, scanner, fingerprint, rule, severity, title, message,
                                         fix, resource, path, line, end_line, state, first_run, first_seen, last_run,
                                         last_seen)
                    select :project, :environment, :step, f.*, 'open', :run, :now, :run, :now
                    from unnest(:fingerprints, :rules, :severities, :titles, :messages, :fixes, :resources, :paths,
                                :lines, :ends) f
                    on conflict (project, environment, scanner, fingerprint) do update
                        set rule = excluded.rule, severity = excluded.severity, title = excluded.title,
                            message = excluded.message, fix = excluded.fix, resource = excluded.resource,
                            path = excluded.path, line = excluded.line, end_line = excluded.end_line,
                            last_run = excluded.last_run, last_seen = excluded.last_seen,
                            resolved_run = null, resolved_at = null
                    returning id, state
                )
                insert into run_finding (run_id, finding_id, state) select :run, id, state from found
                on conflict do nothing""")
                .bind("project", run.key().project())
                .bind("environment", run.key().environment())
                .bind("step", step)
                .bind("run", run.id())
                .bind("now", clock.instant());
        texts(insert, "fingerprints", findings, Finding::fingerprint);
        texts(insert, "rules", findings, Finding::rule);
        texts(insert, "titles", findings, Finding::title);
        texts(insert, "messages", findings, Finding::message);
        texts(insert, "fixes", findings, Finding::fix);
        texts(insert, "resources", findings, finding -> finding.location().resource());
        texts(insert, "paths", findings, finding -> finding.location().path());
        insert.bindArray(
                        "severities",
                        Short.class,
                        findings.stream()
                                .map(finding -> (short) Weight.of(finding.severity()))
                                .toList())
                .bindArray(
                        "lines",
                        Integer.class,
                        findings.stream()
                                .map(finding -> finding.location().startLine())
                                .toList())
                .bindArray(
                        "ends",
                        Integer.class,
                        findings.stream()
                                .map(finding -> finding.location().endLine())
                                .toList())
                .execute();
    }

    private static void texts(
            SqlStatement<?> statement, String name, List<Finding> findings, Function<Finding, @Nullable String> text) {
        statement.bindArray(
                name,
                String.class,
                findings.stream().map(text).map(FindingsLog::storable).toArray());
    }

    /** Scanners of others and of users say what they like; PostgreSQL's text has no NUL. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null
                ? null
                : text.substring(0, Math.min(LONGEST, text.length())).replace('\0', '\uFFFD');
    }

    private void resolve(Handle handle, Run run, String step) {
        handle.createUpdate("""
                        update finding set resolved_run = :run, resolved_at = :now
                        where project = :project and environment = :environment and scanner = :step
                          and resolved_at is null and last_run <> :run""")
                .bind("project", run.key().project())
                .bind("environment", run.key().environment())
                .bind("step", step)
                .bind("run", run.id())
                .bind("now", clock.instant())
                .execute();
    }

    /** Records how the gate judged what a run found. */
    public void judged(Run run, Verdict verdict) {
        jdbi.useTransaction(handle -> {
            judged(handle, run, FindingState.OPEN, verdict.open());
            judged(handle, run, FindingState.WAIVED, verdict.waived());
        });
    }

    private static void judged(Handle handle, Run run, FindingState state, List<Finding> findings) {
        for (var table : List.of("finding f set state = :state", "run_finding o set state = :state")) {
            var other = table.startsWith("finding") ? "run_finding o" : "finding f";
            handle.createUpdate("""
                            update %s from %s
                            where o.finding_id = f.id and o.run_id = :run and f.fingerprint = any(:fingerprints)
                              and %s.state <> :state""".formatted(table, other, table.startsWith("finding") ? "f" : "o"))
                    .bind("state", state.label())
                    .bind("run", run.id())
                    .bindArray(
                            "fingerprints",
                            String.class,
                            findings.stream().map(Finding::fingerprint).toList())
                    .execute();
        }
    }
}
