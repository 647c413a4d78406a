/** One message to one person, and its attempts. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "queue"})
@org.jspecify.annotations.NullMarked
package com.comptappart.mail;
