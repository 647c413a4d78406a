/** What it costs to render an invoice: stands in the hub's own package to reach its parts. */
@org.jspecify.annotations.NullMarked
package com.comptappart.invoice;
