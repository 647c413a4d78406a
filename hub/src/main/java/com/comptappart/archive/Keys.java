package com.comptappart.archive;

import java.util.regex.Pattern;

/** Names of objects that are the same on every file system and in every S3. */
final class Keys {

    private static final Pattern KEY =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private Keys() {}

    static String checked(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a key of an archive: " + key);
        }
        return key;
    }
}
