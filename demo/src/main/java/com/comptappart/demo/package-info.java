/** The whole product on one machine: hub, Stripe sandbox, shop, inbox and a sample partner. */
@org.jspecify.annotations.NullMarked
package com.comptappart.demo;
