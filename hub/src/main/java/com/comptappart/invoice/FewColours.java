package com.comptappart.invoice;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture with the colours that most of it has, the others drawn as the nearest of them: a page
 * of text is a third as large with 16 as it was. A page with a colourful logo keeps 256.
 */
final class FewColours {

    private static final int FEW = 16;
    private static final int MANY = 256;

    /** Squared, over three channels: what an eye takes for another colour. */
    private static final int FAR = 3 * 40 * 40;

    /** Of how many dots one may be far off. */
    private static final int ONE_OF = 2_000;

    private final BufferedImage image;
    private final int[] dots;
    private final Map<Integer, Integer> counts = new HashMap<>();

    private FewColours(BufferedImage image) {
        this.image = image;
        dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < dots.length; i++) {
            dots[i] &= 0xFF_FFFF;
            counts.merge(dots[i], 1, Integer::sum);
        }
    }

    static BufferedImage of(BufferedImage image) {
        var whole = new FewColours(image);
        var few = whole.most(FEW);
        return whole.drawn(whole.isClose(few) ? few : whole.most(MANY));
    }

    private List<Integer> most(int limit) {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isClose(List<Integer> colours) {
        long off =
                counts.entrySet().stream()
                        .filter(each -> {
                            int nearest = colours.get(nearest(colours, each.getKey()));
                            return distance(nearest, each.getKey()) > FAR;
                        })
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        return off * ONE_OF <= dots.length;
    }

    private BufferedImage drawn(List<Integer> colours) {
        Map<Integer, Integer> indexes = new HashMap<>();
        counts.keySet().forEach(each -> indexes.put(each, nearest(colours, each)));
        var drawn =
                new BufferedImage(
                        image.getWidth(),
                        image.getHeight(),
                        colours.size() <= FEW
                                ? BufferedImage.TYPE_BYTE_BINARY
                                : BufferedImage.TYPE_BYTE_INDEXED,
                        model(colours));
        int[] line = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < line.length; x++) {
                line[x] = indexes.getOrDefault(dots[y * line.length + x], 0);
            }
            drawn.getRaster().setPixels(0, y, line.length, 1, line);
        }
        return drawn;
    }

    private static IndexColorModel model(List<Integer> colours) {
        byte[] red = new byte[colours.size()];
        byte[] green = new byte[colours.size()];
        byte[] blue = new byte[colours.size()];
        for (int i = 0; i < red.length; i++) {
            red[i] = (byte) (colours.get(i) >> 16);
            green[i] = (byte) (colours.get(i) >> 8);
            blue[i] = (byte) (int) colours.get(i);
        }
        return new IndexColorModel(red.length <= FEW ? 4 : 8, red.length, red, green, blue);
    }

    private static int nearest(List<Integer> colours, int colour) {
        int best = 0;
        for (int i = 1; i < colours.size(); i++) {
            if (distance(colours.get(i), colour) < distance(colours.get(best), colour)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int red = ((one >> 16) & 0xFF) - ((other >> 16) & 0xFF);
        int green = ((one >> 8) & 0xFF) - ((other >> 8) & 0xFF);
        int blue = (one & 0xFF) - (other & 0xFF);
        return red * red + green * green + blue * blue;
    }
}
