/**
 * A Stripe that runs on a laptop: its API, its hosted payment page and its signed webhooks, all in
 * memory.
 */
@NullMarked
package com.comptappart.sandbox;

import org.jspecify.annotations.NullMarked;
