package com.comptappart.mail;

import java.util.Collection;
import java.util.Map;

/** Where the bytes of attachments come from; asked outside any transaction, in batches. */
public interface Attachments {

    /**
     * A file that goes with a mail.
     *
     * @param mediaType such as {@code application/pdf}
     */
    record Attachment(String name, String mediaType, byte[] bytes) {}

    Map<String, Attachment> load(Collection<String> references);
}
