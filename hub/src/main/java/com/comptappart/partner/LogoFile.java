package com.comptappart.partner;

import com.comptappart.kernel.Refused;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads a PNG file into a logo: transparency put on white, no larger than print needs it. */
final class LogoFile {

    static final int MAX_BYTES = 512 * 1024;
    static final int MAX_SIDE = 4096;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final long MAX_PIXELS = 4_000_000;

    /** Kept at most: 300 dots per inch in the 190 × 52 points that a document has for it. */
    private static final int KEPT_WIDTH = 800;

    private static final int KEPT_HEIGHT = 220;

    private LogoFile() {}

    /**
     * @throws Refused saying what is wrong with it
     */
    static Logo ofBase64(String text) {
        if (text.length() > MAX_BYTES * 4 / 3 + 4) {
            throw tooBig();
        }
        try {
            return of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw refused("logo: pass the PNG file in base64 (RFC 4648), without line breaks");
        }
    }

    /**
     * @throws Refused saying what is wrong with it
     */
    static Logo of(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw tooBig();
        }
        if (!Arrays.equals(SIGNATURE, Arrays.copyOf(file, SIGNATURE.length))) {
            throw refused("logo: this is no PNG file");
        }
        try {
            return logo(fitted(flattened(picture(file))));
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refused refused) {
                throw refused;
            }
            throw refused("logo: this PNG file is damaged: save it again");
        }
    }

    private static BufferedImage picture(byte[] file) throws IOException {
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
                throw refused(
                        "logo: "
                                + width
                                + " × "
                                + height
                                + " pixels are too many: 800 × 220 are enough, 4 million the most");
            }
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage flattened(BufferedImage picture) {
        return drawn(picture, picture.getWidth(), picture.getHeight());
    }

    /** Halved until one more step brings it into the box, so that no line gets lost. */
    private static BufferedImage fitted(BufferedImage picture) {
        var fitted = picture;
        while (fitted.getWidth() > KEPT_WIDTH || fitted.getHeight() > KEPT_HEIGHT) {
            double scale =
                    Math.min(
                            (double) KEPT_WIDTH / fitted.getWidth(),
                            (double) KEPT_HEIGHT / fitted.getHeight());
            double step = Math.max(0.5, scale);
            fitted =
                    drawn(
                            fitted,
                            Math.max(1, (int) Math.round(fitted.getWidth() * step)),
                            Math.max(1, (int) Math.round(fitted.getHeight() * step)));
        }
        return fitted;
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = drawn.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        return drawn;
    }

    private static Logo logo(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        var samples = new byte[3 * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = picture.getRGB(x, y);
                samples[at++] = (byte) (rgb >> 16);
                samples[at++] = (byte) (rgb >> 8);
                samples[at++] = (byte) rgb;
            }
        }
        byte[] packed = deflated(samples);
        return new Logo("logo_" + hash(width, height, packed), width, height, packed);
    }

    private static byte[] deflated(byte[] samples) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(samples);
            deflater.finish();
            byte[] packed = new byte[samples.length + samples.length / 1000 + 64];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }

    /**
     * The pixels as a PNG file again.
     *
     * @throws IllegalStateException where they are damaged
     */
    static byte[] png(Logo logo) {
        var samples = new byte[3 * logo.width() * logo.height()];
        try (var inflater = new Inflater()) {
            inflater.setInput(logo.samples());
            if (inflater.inflate(samples) != samples.length) {
                throw new IllegalStateException("logo " + logo.id() + " is cut");
            }
            var picture =
                    new BufferedImage(logo.width(), logo.height(), BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < samples.length; at += 3) {
                int pixel = at / 3;
                int rgb =
                        ((samples[at] & 0xff) << 16)
                                | ((samples[at + 1] & 0xff) << 8)
                                | (samples[at + 2] & 0xff);
                picture.setRGB(pixel % logo.width(), pixel / logo.width(), rgb);
            }
            var file = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", file);
            return file.toByteArray();
        } catch (IOException | DataFormatException e) {
            throw new IllegalStateException("logo " + logo.id() + " can't be read", e);
        }
    }

    private static String hash(int width, int height, byte[] packed) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (width + "x" + height + " ")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(packed), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refused tooBig() {
        return refused("logo: a PNG file of at most " + MAX_BYTES / 1024 + " KiB");
    }

    private static Refused refused(String message) {
        return Refused.invalid("logo_invalid", message);
    }
}
