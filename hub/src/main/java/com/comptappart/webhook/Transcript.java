package com.comptappart.webhook;

/**
 * What was said in one call, as far as it is kept.
 *
 * @param address what the call was connected to, or the addresses that it tried; empty where the
 *     name led to none
 * @param requestHeaders one to a line, secrets masked; empty where the request was never sent
 * @param answerHeaders one to a line, at most 8 KiB of them
 * @param body the first 16 KiB of the answer, or what came of it
 */
record Transcript(
        String address, String requestHeaders, String answerHeaders, String body, CallTimes times) {

    static final Transcript EMPTY = new Transcript("", "", "", "", CallTimes.NONE);
}
