package dev.stepzero.ship.findings;

import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.store.FreshPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** Reads what runs found: pages of a million findings, each in the order of an index. */
public final class Findings {
    private static final int LARGEST_PAGE = 200;
    private static final int COUNTED = 1_000;
    private static final Pattern CURSOR = Pattern.compile("([0-3])-([0-9]{1,18})");

    private final Jdbi jdbi;

    public Findings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How a list is ordered; ids break ties, the newest first. */
    public enum Order {
        WORST("severity desc, id desc", "(severity, id) < (:afterSeverity, :afterId)"),
        NEWEST("id desc", "id < :afterId");

        private final String sql;
        private final String after;

        Order(String sql, String after) {
            this.sql = sql;
            this.after = after;
        }
    }

    /**
     * A part of a list.
     *
     * @param next what to ask for as {@code after} for the next part; empty at the end
     */
    public record Page(List<KnownFinding> findings, Optional<String> next) {
        public Page {
            findings = List.copyOf(findings);
        }
    }

    /**
     * How many findings a list has.
     *
     * @param more whether counting was ended at a thousand
     */
    public record Counts(Map<Severity, Long> bySeverity, boolean more) {
        public Counts {
            bySeverity = Map.copyOf(bySeverity);
        }

        public long all() {
            return bySeverity.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A page of a list.
     *
     * @param after {@link Page#next} of the page before; empty for the first one
     * @param most how many, at most 200
     * @throws UserError if {@code after} is nothing that a page answered
     */
    public Page page(FindingFilter filter, Order order, Optional<String> after, int most) {
        var sql = new FilterSql(filter);
        after.ifPresent(cursor -> {
            var parts = CURSOR.matcher(cursor);
            if (!parts.matches()) {
                throw UserError.usage("no page begins there").fix("begin with the first page");
            }
            sql.add(order.after, "afterId", Long.parseLong(parts.group(2)));
            sql.parameters().put("afterSeverity", Integer.parseInt(parts.group(1)));
        });
        var size = Math.clamp(most, 1, LARGEST_PAGE);
        // Which rows they are is found in an index where one has it all; only those of the page are fetched.
        var rows = jdbi.withHandle(handle -> handle.createQuery("""
                        select * from finding where id in (select id from finding %s order by %s limit :most)
                        order by %s""".formatted(sql.where(), order.sql, order.sql))
                .configure(SqlStatements.class, settings -> settings.setUnusedBindingAllowed(true))
                .addCustomizer(new FreshPlan())
                .bindMap(sql.parameters())
                .bind("most", size + 1)
                .map((row, context) -> finding(row))
                .list());
        return rows.size() > size
                ? new Page(rows.subList(0, size), Optional.of(cursor(rows.get(size - 1))))
                : new Page(rows, Optional.empty());
    }

    private static String cursor(KnownFinding last) {
        return Weight.of(last.severity()) + "-" + last.id();
    }

    /** How many findings a list has, by severity; only severities that occur. */
    public Counts counts(FindingFilter filter) {
        var isKept = filter.rule().isEmpty()
                && filter.file().isEmpty()
                && filter.text().isEmpty();
        return isKept ? keptCounts(filter) : counted(filter);
    }

    private Counts keptCounts(FindingFilter filter) {
        var sql = new StringBuilder("select severity, sum(number) as number from finding_count where number > 0 and ");
        sql.append(filter.resolved() ? "state = 'resolved'" : "state <> 'resolved' and environment <> ''");
        filter.project().ifPresent(value -> sql.append(" and project = :project"));
        filter.environment().ifPresent(value -> sql.append(" and environment = :environment"));
        filter.severity().ifPresent(value -> sql.append(" and severity = :severity"));
        filter.state().ifPresent(value -> sql.append(" and state = :state"));
        return new Counts(numbers(sql + " group by severity", new FilterSql(filter)), false);
    }

    private Counts counted(FindingFilter filter) {
        var sql = new FilterSql(filter);
        var numbers = numbers("""
                        select severity, count(*) as number from (
                            select severity from finding %s limit %d) those group by severity""".formatted(sql.where(), COUNTED + 1), sql);
        var all = numbers.values().stream().mapToLong(Long::longValue).sum();
        return new Counts(numbers, all > COUNTED);
    }

    private Map<Severity, Long> numbers(String sql, FilterSql filter) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .configure(SqlStatements.class, settings -> settings.setUnusedBindingAllowed(true))
                .addCustomizer(new FreshPlan())
                .bindMap(filter.parameters())
                .reduceRows(new EnumMap<>(Severity.class), (all, row) -> {
                    all.put(
                            Weight.severity(row.getColumn("severity", Integer.class)),
                            row.getColumn("number", Long.class));
                    return all;
                }));
    }

    /** What a run found, the worst first, as it was judged then. */
    public List<KnownFinding> ofRun(long run, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select f.*, o.state as state_then from run_finding o join finding f on f.id = o.finding_id
                        where o.run_id = :run order by f.severity desc, f.id desc limit :most""")
                .bind("run", run)
                .bind("most", most)
                .map((row, context) -> finding(row, row.getString("state_then")))
                .list());
    }

    public Optional<KnownFinding> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from finding where id = :id")
                .bind("id", id)
                .map((row, context) -> finding(row))
                .findOne());
    }

    private static KnownFinding finding(ResultSet row) throws SQLException {
        return finding(row, row.getString("state"));
    }

    private static KnownFinding finding(ResultSet row, String state) throws SQLException {
        var resolved = row.getTimestamp("resolved_at");
        return new KnownFinding(
                row.getLong("id"),
                row.getString("project"),
                row.getString("environment"),
                row.getString("scanner"),
                row.getString("fingerprint"),
                row.getString("rule"),
                Weight.severity(row.getInt("severity")),
                row.getString("title"),
                row.getString("message"),
                row.getString("fix"),
                new Location(
                        row.getString("resource"), row.getString("path"), row.getInt("line"), row.getInt("end_line")),
                FindingState.parse(state),
                row.getLong("first_run"),
                row.getTimestamp("first_seen").toInstant(),
                row.getLong("last_run"),
                row.getTimestamp("last_seen").toInstant(),
                resolved == null ? null : resolved.toInstant(),
                row.getObject("resolved_run", Long.class));
    }
}
