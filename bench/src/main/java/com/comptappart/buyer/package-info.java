/** Opens what the hub's own package makes: a link into the buyer's area. */
@org.jspecify.annotations.NullMarked
package com.comptappart.buyer;
