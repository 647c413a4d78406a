package com.comptappart.people;

import java.time.Instant;

/** A person of a team, with the role there. */
public record Member(Person person, Role role, Instant since) {}
