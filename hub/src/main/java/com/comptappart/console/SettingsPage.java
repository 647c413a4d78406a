package com.comptappart.console;

import com.comptappart.people.Act;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where the settings of a partner, or of the whole hub, begin. */
@Controller
@May(Act.TEAM)
class SettingsPage {

    @GetMapping("/console/{partner}/{environment:test|live}/reglages")
    String show(Place place) {
        return "console/settings";
    }
}
