package com.comptappart.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which events are read, and by whom; the others are only kept. */
@Component
class FactReaders {

    private final Map<String, FactReader> byType;

    FactReaders(List<FactReader> readers) {
        Map<String, FactReader> found = new HashMap<>();
        for (FactReader reader : readers) {
            for (String type : reader.types()) {
                if (found.put(type, reader) != null) {
                    throw new IllegalStateException("two readers for " + type);
                }
            }
        }
        byType = Map.copyOf(found);
    }

    /** Null where nobody reads events of that type. */
    @Nullable FactReader of(String type) {
        return byType.get(type);
    }

    /** As Stripe names them. */
    Set<String> types() {
        return byType.keySet();
    }
}
