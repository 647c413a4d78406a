package com.comptappart.invoice;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A rung whose glyphs are cut out of a big font for each document that needs them. The font is read
 * when the first text wants it.
 */
final class OutlineFont implements Rung {

    private final String name;
    private final Supplier<FontFile> source;
    private volatile @Nullable FontFile file;

    OutlineFont(String name) {
        this.name = name;
        this.source = () -> FontFile.of(name + ".ttf.z");
    }

    String name() {
        return name;
    }

    FontFile file() {
        var known = file;
        if (known == null) {
            known = source.get();
            file = known;
        }
        return known;
    }

    @Override
    public boolean has(int point) {
        return file().glyph(point) != 0;
    }

    @Override
    public int width(int point, boolean bold) {
        return file().width(point);
    }
}
