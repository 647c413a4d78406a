package com.comptappart.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.VatCategory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OrderLineTest {

    @Test
    void a_line_that_was_kept_before_lines_had_a_category_is_still_read() {
        var line =
                JsonMapper.builder()
                        .build()
                        .readValue(
                                """
                                {"productId":"prod_1","name":"Guide","quantity":1,"net":8332,"vat":1667,"vatRate":20,
                                 "nature":"services"}
                                """,
                                OrderLine.class);
        assertThat(line.treatment().category()).isEqualTo(VatCategory.S);
        assertThat(line.discount()).isZero();
        assertThat(line.gross()).isEqualTo(9_999);
    }
}
