package com.comptappart.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.comptappart.kernel.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {

    private static final int NODES = 4;

    @TempDir Path data;

    @Test
    void nodes_that_start_at_once_on_an_empty_directory_have_one_key() throws Exception {
        try (var starting = Executors.newFixedThreadPool(NODES)) {
            for (int round = 0; round < 50; round++) {
                Path directory = data.resolve("round" + round);
                List<Callable<MasterKey>> nodes = new ArrayList<>();
                for (int i = 0; i < NODES; i++) {
                    nodes.add(() -> new DatabaseConfiguration().masterKey("", directory));
                }
                var keys = new ArrayList<MasterKey>();
                for (var node : starting.invokeAll(nodes)) {
                    keys.add(node.get());
                }
                byte[] secret = keys.getFirst().encrypt("whsec_");
                assertThat(keys).allMatch(key -> key.decrypt(secret).equals("whsec_"));
                try (var left = Files.list(directory)) {
                    assertThat(left).containsExactly(directory.resolve("master.key"));
                }
            }
        }
    }
}
