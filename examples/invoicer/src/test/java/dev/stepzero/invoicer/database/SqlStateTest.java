package dev.stepzero.invoicer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStateTest {
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "40001", "40P01", "53300", "55P03", "57014", "57P01", "57P03"})
    void what_may_succeed_later_counts_as_away(String code) {
        assertThat(new SqlState(code).away()).isTrue();
        assertThat(new SqlState(code).valueRefused()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "28P01", "3D000", "42P01", "42501", "23505", "XX000"})
    void what_waiting_cannot_mend_does_not(String code) {
        assertThat(new SqlState(code).away()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22003", "22008", "22021", "23514"})
    void what_no_column_takes_is_the_callers_mistake(String code) {
        assertThat(new SqlState(code).valueRefused()).isTrue();
    }

    @Test
    void an_exhausted_pool_has_no_code_and_counts_as_away() {
        assertThat(SqlState.of(new SQLTransientConnectionException("pool")).away())
                .isTrue();
        assertThat(SqlState.of(new SQLException("other")).away()).isFalse();
    }
}
