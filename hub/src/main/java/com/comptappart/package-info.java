/** The application that puts the modules together. */
@org.jspecify.annotations.NullMarked
package com.comptappart;
