package com.comptappart.accounting;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object that ends with lists of rows, written one row at a time. */
final class JsonRows {

    static final String MEDIA_TYPE = "application/json";

    static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final OutputStream out;
    private boolean first = true;

    /**
     * @param head what the object says before its rows; not empty
     */
    JsonRows(OutputStream out, Map<String, String> head) throws IOException {
        this.out = out;
        String object = JSON.writeValueAsString(head);
        write(object.substring(0, object.length() - 1));
    }

    void list(String name) throws IOException {
        first = true;
        write(",\n\"" + name + "\":[");
    }

    void row(Object row) throws IOException {
        write(first ? "\n" : ",\n");
        first = false;
        out.write(JSON.writeValueAsBytes(row));
    }

    void endList() throws IOException {
        write("]");
    }

    void end() throws IOException {
        write("}\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
